import type { Finding } from '../../findings/finding.ts';
import type { SignedToken } from './access-token.ts';
import { firstValue, goBase64Url, goText, membersOf } from './go-json.ts';
import type { SetKey } from './key-set.ts';
import { shortened } from './rule.ts';
import { tokenFinding } from './token-findings.ts';

/*
 * What the control plane lets pass and others would not: a gateway in front of it, a later release, another client.
 */

/** jose refuses RSA keys with fewer (RFC 7518 section 3.3). */
const SHORTEST_RSA_MODULUS_BITS = 2048;
/**
 * flyteadmin answers an ingress with every claim as a header, and nginx gives the headers of an answer 4 or 8 KiB,
 * those of a request four times 8 KiB with no line longer than that (nginx.org, proxy_buffer_size,
 * large_client_header_buffers).
 */
export const SMALL_TOKEN_BYTES = 3 * 1024;
const HEADER_LINE_BYTES = 8 * 1024;

/** A token travels in a header. */
export function judgeSize(token: string): Finding[] {
  const bytes = Buffer.byteLength(token);
  if (bytes <= SMALL_TOKEN_BYTES) {
    return [];
  }
  const limit =
    bytes > HEADER_LINE_BYTES
      ? 'That is more than one header line may have at nginx by default (8 KiB).'
      : 'An ingress that asks the control plane who is calling gets every claim back in headers, for which nginx has 4 or 8 KiB by default.';
  return [tokenFinding('token/large', `The token has ${bytes} bytes. ${limit}`)];
}

/** Differences between the control plane and a strict client (RFC 7515, RFC 7517, RFC 8725). */
export function noteStrictness(
  token: string,
  { keyId, algorithm }: SignedToken,
  { keys, signedBy }: { readonly keys: readonly SetKey[]; readonly signedBy?: SetKey },
): Finding[] {
  const findings: Finding[] = [];
  if (signedBy !== undefined) {
    if (signedBy.modulusBits !== undefined && signedBy.modulusBits < SHORTEST_RSA_MODULUS_BITS) {
      const detail = `The key that made the signature has ${signedBy.modulusBits} bits.`;
      findings.push(tokenFinding('key-set/weak-key', detail));
    }
    const notes = [
      keyId === '' && keys.length > 1 && 'The token does not say which of several keys made its signature (no kid).',
      keyId !== '' &&
        keys.filter((key) => key.keyId === keyId).length > 1 &&
        `Several keys of the set have the kid "${keyId}".`,
      signedBy.use !== '' && signedBy.use !== 'sig' && `The key that made the signature is for use "${signedBy.use}".`,
      signedBy.algorithm !== '' &&
        signedBy.algorithm !== algorithm &&
        `The key that made the signature is for ${signedBy.algorithm}, the token is signed with ${algorithm}.`,
    ].filter((note) => note !== false);
    findings.push(...notes.map((note) => tokenFinding('token/strict-client-refuses', note)));
  }
  const twice = duplicatesIn(token);
  if (twice.length > 0) {
    const detail = `It has the claim ${shortened(twice)} more than once; the last one counts.`;
    findings.push(tokenFinding('token/strict-client-refuses', detail));
  }
  return findings;
}

function duplicatesIn(token: string): string[] {
  const payload = goBase64Url(token.split('.')[1] ?? '');
  const names = (payload && membersOf(firstValue(goText(payload))))?.map(({ name }) => name) ?? [];
  const seen = new Set<string>();
  return [...new Set(names.filter((name) => seen.size === seen.add(name).size))];
}
