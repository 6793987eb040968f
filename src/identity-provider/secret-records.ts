import { FindingError, findingsOf } from '../findings/finding.ts';
import { quotePlus } from '../secrecy/encodings.ts';
import type { HttpResponse, Transport } from '../transport/http-client.ts';
import { isJsonObject, type Json, stringMember } from '../transport/json.ts';
import { type RetryEffects, sendWithRetries } from '../transport/retry.ts';
import { placeOf } from '../transport/urls.ts';
import { isHtml } from '../transport/web-page.ts';
import type { IdentityProvider, RecordPlace, SecretRecord, SecretRecordSource } from './identity-provider.ts';

export const RECORD_FINDINGS = {
  'record/not-supported': {
    title: 'The provider has no record of its secrets that can be read',
    cause: 'Only Okta, Entra ID and Keycloak are asked for the dates of their secrets.',
    fix: 'Leave provider-token, provider-client-id and provider-client-secret out, and let the stamp tell the age.',
    severity: 'warning',
  },
  'record/issuer-unknown': {
    title: 'The record of the provider can not be asked for',
    cause: 'The issuer of the key is not known, or is no address of this provider.',
    fix: 'Give issuer as the deployment names it, or the key itself, so that its trial finds the issuer.',
    severity: 'warning',
  },
  'record/token-needed': {
    title: 'The provider gives no administrator token for a client id and a secret',
    cause: 'provider-client-id and provider-client-secret work for Entra ID and Keycloak alone.',
    fix: 'Give provider-token instead.',
    severity: 'warning',
  },
  'record/credentials-refused': {
    title: 'The provider does not accept the credentials for its record',
    cause:
      'provider-token has expired or belongs elsewhere, or provider-client-id and provider-client-secret are wrong.',
    fix: 'Make a new token, or copy the id and the secret of the app that may read the record.',
    severity: 'warning',
  },
  'record/not-allowed': {
    title: 'The credentials may not read the record of the provider',
    cause: 'The right is missing that reads apps and their secrets.',
    fix: 'Okta: the scope okta.apps.read. Entra ID: the application permission Application.Read.All of Microsoft Graph, with admin consent. Keycloak: the role view-clients of realm-management.',
    severity: 'warning',
  },
  'record/app-not-found': {
    title: 'The provider has no app of this client id',
    cause:
      'The client id is mistyped, or the app lives in another tenant, org or realm. Keycloak says the same where its admin API can not be reached at the address of the issuer.',
    fix: 'Compare client-id and issuer with the console of the provider.',
    severity: 'warning',
  },
  'record/no-secret': {
    title: 'The provider has no valid secret of the key',
    cause: 'The secret in the key was replaced, removed or deactivated at the provider, or the app has none at all.',
    fix: 'Make a new client secret and build the key again, by the five steps of docs/rotation.md.',
    severity: 'warning',
  },
  'record/not-certain': {
    title: 'Which of several secrets is in the key is not certain',
    cause: 'The provider has more than one valid secret for the app, and nothing tells them apart.',
    fix: 'Remove the secrets that nothing uses, or write the stamp with --key-id.',
    severity: 'warning',
  },
  'record/unreadable': {
    title: 'The record of the provider can not be read',
    cause: 'Something else answered in its place, or it failed.',
    fix: 'See the status in the log. The next run asks again.',
    severity: 'warning',
    waitingHelps: true,
  },
} as const;

export const recordFinding = findingsOf(RECORD_FINDINGS);

/** What the record is opened with. */
export type RecordAccess = { readonly token: string } | { readonly clientId: string; readonly clientSecret: string };

const LARGEST_ANSWER_BYTES = 1024 * 1024;

/** Members that hold a secret: client_secret, client.secret.rotated, registrationAccessToken, access_token. */
const CREDENTIAL_NAME = /secret|password|token$/i;

/**
 * What the provider knows of the secrets of an app. The credentials of the administrator go to the host that the
 * provider's kind and the issuer give, and nowhere else.
 * @param protect called with every credential of an answer before anything is made of it.
 * @throws FindingError
 */
export async function readSecretRecords(
  provider: Pick<IdentityProvider, 'title' | 'secretRecords'>,
  place: RecordPlace,
  access: RecordAccess,
  transport: Transport,
  retry: RetryEffects,
  protect: (credential: string) => void,
): Promise<readonly SecretRecord[]> {
  const source = provider.secretRecords;
  if (source === undefined) {
    throw fault('record/not-supported', `The provider is ${provider.title}.`);
  }
  // None of them names an app: an address with one of them would be that of something else.
  if (/^\.{0,2}$/.test(place.clientId.trim()) || !place.clientId.isWellFormed()) {
    throw fault('record/app-not-found', 'The client id is empty, or none that an app can have.');
  }
  const url = source.address(place);
  if (url === undefined) {
    throw fault('record/issuer-unknown', `The issuer is ${place.issuer.href}.`);
  }
  const token = 'token' in access ? access.token : await tokenFor(access, source, place, transport, retry, protect);
  const headers = { accept: 'application/json', authorization: source.authorization(token) };
  const purpose = "the provider's record";
  const request = { purpose, method: 'GET', url, headers, maximumBytes: LARGEST_ANSWER_BYTES } as const;
  const response = await sendWithRetries(transport, request, retry);
  const answer = readAnswer(response, protect);
  const records = response.status === 200 ? source.read(answer, place) : undefined;
  const seen = `${placeOf(url)} was answered with ${response.status}.`;
  if (records === 'app-not-found') {
    throw fault('record/app-not-found', seen);
  }
  if (records === undefined) {
    throw fault(codeOf(response, answer), seen);
  }
  return records;
}

/**
 * The record of the secret that is in the key: by its id, else by what the provider shows of its value, else the only
 * one, else the newest one.
 * @param now milliseconds since 1970.
 * @returns undefined where none is valid.
 */
export function chooseRecord(
  records: readonly SecretRecord[],
  keyId: string | undefined,
  now: number,
): { readonly record: SecretRecord; readonly isCertain: boolean } | undefined {
  const named = records.find(({ id }) => id === keyId && id !== '');
  if (named !== undefined) {
    return { record: named, isCertain: true };
  }
  // One that has expired may well be the one in the key, which then is what has to be said.
  const possible = records.filter(({ isThis }) => isThis !== false);
  const own = possible.filter(({ isThis }) => isThis === true);
  const active = (own.length > 0 ? own : possible).filter(({ isActive }) => isActive);
  const valid = active.filter(({ expires }) => expires === undefined || expires > now);
  const [newest] = (valid.length > 0 ? valid : active).toSorted(
    (left, right) => (right.created ?? 0) - (left.created ?? 0),
  );
  return newest && { record: newest, isCertain: valid.length <= 1 };
}

async function tokenFor(
  { clientId, clientSecret }: Exclude<RecordAccess, { token: string }>,
  { tokenEndpoint }: SecretRecordSource,
  { issuer }: RecordPlace,
  transport: Transport,
  retry: RetryEffects,
  protect: (credential: string) => void,
): Promise<string> {
  const endpoint = tokenEndpoint?.(issuer);
  if (endpoint === undefined) {
    throw fault('record/token-needed', `The issuer is ${issuer.href}.`);
  }
  const scope = endpoint.scope === '' ? '' : `&scope=${quotePlus(endpoint.scope)}`;
  const response = await sendWithRetries(
    transport,
    {
      purpose: "a token for the provider's record",
      method: 'POST',
      url: endpoint.address,
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: `grant_type=client_credentials&client_id=${quotePlus(clientId)}&client_secret=${quotePlus(clientSecret)}${scope}`,
      maximumBytes: LARGEST_ANSWER_BYTES,
    },
    retry,
  );
  const answer = readAnswer(response, protect);
  const token = isJsonObject(answer) ? (stringMember(answer, 'access_token') ?? '') : '';
  if (response.status !== 200 || token === '') {
    // RFC 6749 section 5.2 has 400 and 401; some answer with 403.
    const isRefused = [400, 401, 403].includes(response.status) && !isHtml(response);
    const seen = `${placeOf(endpoint.address)} was answered with ${response.status}.`;
    throw fault(isRefused ? 'record/credentials-refused' : 'record/unreadable', seen);
  }
  return token;
}

/** A firewall or a sign-in page has statuses of its own, which say nothing of the credentials or the app. */
function codeOf(response: HttpResponse, answer: Json): keyof typeof RECORD_FINDINGS {
  if (isHtml(response)) {
    return 'record/unreadable';
  }
  switch (response.status) {
    case 401:
      return 'record/credentials-refused';
    case 403:
      return 'record/not-allowed';
    case 404:
      return isJsonObject(answer) ? 'record/app-not-found' : 'record/unreadable';
    default:
      return 'record/unreadable';
  }
}

function fault(code: keyof typeof RECORD_FINDINGS, detail: string): FindingError {
  return new FindingError(recordFinding(code, detail));
}

/**
 * Any JSON, a list too. Okta lists client secrets in clear, and so does Keycloak: they are masked before anybody gets
 * the answer, whatever its status is.
 */
function readAnswer({ body }: HttpResponse, protect: (credential: string) => void): Json {
  const answer = jsonIn(body);
  // A stack of our own: a list in lists without end must not use up that of the engine.
  const unseen: Json[] = [answer];
  for (let value = unseen.pop(); value !== undefined; value = unseen.pop()) {
    if (Array.isArray(value)) {
      for (const inner of value) {
        unseen.push(inner);
      }
    } else if (isJsonObject(value)) {
      for (const [name, inner] of Object.entries(value)) {
        if (typeof inner === 'string' && CREDENTIAL_NAME.test(name)) {
          protect(inner);
        }
        unseen.push(inner);
      }
    }
  }
  return answer;
}

function jsonIn(body: Uint8Array): Json {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as Json;
  } catch {
    return null;
  }
}
