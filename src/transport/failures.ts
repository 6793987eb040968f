import type { NetworkFindingCode } from './findings.ts';

/** The faults that the transport itself makes. */
export class AddressRefused extends Error {}
export class BodyTooLarge extends Error {}
export class UnknownEncoding extends Error {}

/** Node's and OpenSSL's error codes (nodejs/node doc/api/errors.md, tls.md "X509 certificate error codes"). */
const FAILURES: Readonly<Record<string, NetworkFindingCode>> = {
  ENOTFOUND: 'network/name-not-found',
  EAI_AGAIN: 'network/name-service-failed',
  ECONNREFUSED: 'network/refused',
  EHOSTUNREACH: 'network/unreachable',
  ENETUNREACH: 'network/unreachable',
  EADDRNOTAVAIL: 'network/unreachable',
  ETIMEDOUT: 'network/timeout',
  ECONNRESET: 'network/connection-lost',
  EPIPE: 'network/connection-lost',
  ECONNABORTED: 'network/connection-lost',
  ERR_STREAM_PREMATURE_CLOSE: 'network/connection-lost',
  HPE_HEADER_OVERFLOW: 'network/answer-too-large',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'network/tls-untrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'network/tls-untrusted',
  CERT_UNTRUSTED: 'network/tls-untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'network/tls-incomplete-chain',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'network/tls-incomplete-chain',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'network/tls-incomplete-chain',
  CERT_HAS_EXPIRED: 'network/tls-expired',
  CERT_NOT_YET_VALID: 'network/tls-not-yet-valid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'network/tls-wrong-host',
  EPROTO: 'network/tls-failed',
};

/** What an error of a request is, among the findings of the network. */
export function failureOf(error: unknown, deadlineOver: boolean, attemptOver: boolean): NetworkFindingCode {
  if (deadlineOver) {
    return 'network/deadline';
  }
  if (error instanceof AddressRefused) {
    return 'network/address-refused';
  }
  if (error instanceof BodyTooLarge) {
    return 'network/answer-too-large';
  }
  if (attemptOver) {
    return 'network/timeout';
  }
  if (error instanceof Error && /tunneling socket could not be established/.test(error.message)) {
    const status = /statusCode=(\d{3})/.exec(error.message)?.[1];
    return status === undefined
      ? 'network/proxy-unreachable'
      : status.startsWith('5')
        ? 'network/proxy-failed'
        : 'network/proxy-refused';
  }
  const code = codeOf(error);
  if (error instanceof UnknownEncoding || code.startsWith('Z_')) {
    return 'network/answer-unreadable';
  }
  if (/^HPE_/.test(code)) {
    return FAILURES[code] ?? 'network/connection-lost';
  }
  return (
    FAILURES[code] ??
    (/^(ERR_SSL|ERR_TLS|CERT_|CRL_|INVALID_|UNABLE_TO_|CA_|EE_KEY|PATH_LENGTH|HOSTNAME_MISMATCH)/.test(code)
      ? 'network/tls-failed'
      : 'network/failed')
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/**
 * What was seen, from our own words and numbers only: an error's message can hold remote text.
 * @param what the request, as the log names it.
 */
export function describeFailure(
  code: NetworkFindingCode,
  what: string,
  error: unknown,
  { timeoutSeconds, deadlineSeconds }: { readonly timeoutSeconds: number; readonly deadlineSeconds: number },
): string {
  if (code === 'network/timeout') {
    return `${what} did not answer within ${timeoutSeconds} s.`;
  }
  if (code === 'network/deadline') {
    return `${what} was not done when the ${deadlineSeconds} s for the whole run were over.`;
  }
  // The tunnel's error has one code for all that can happen, and says in its message what did.
  const said = error instanceof Error ? /statusCode=(\d{3})|cause=\w+ (E[A-Z]+)/.exec(error.message) : undefined;
  const seen = said?.[1] ?? said?.[2] ?? codeOf(error);
  return /^[A-Z0-9_]{1,60}$/.test(seen) ? `${what} failed with ${seen}.` : `${what} failed.`;
}
