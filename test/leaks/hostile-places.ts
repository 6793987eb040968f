import type { HttpResponse } from '../../src/index.ts';
import type { Answer } from '../lab/answers.ts';
import type { ScriptedDeployment } from '../lab/deployment.ts';
import type { RecordedRequest } from '../lab/https-server.ts';
import type { Random } from '../secrecy/random-secrets.ts';
import { DOCUMENT_FIELDS, hostileDocument } from './hostile-documents.ts';
import { COMMAND_CASES, hostileText } from './hostile-text.ts';
import type { LeakLab } from './leak-lab.ts';

/** What prints a signature prints its beginning, and each window of a long one costs time. */
const LOOKED_FOR_OF_A_SIGNATURE = 40;
const ELSEWHERE = 'https://evil.example.test/';

/** One place of all that the programs are answered, with a hostile text in it. */
export interface HostilePlace {
  readonly name: string;
  /** How far a program has to go to come there. */
  readonly verify: 'token' | 'deployment';
  arrange(text: string, lab: LeakLab): void;
}

/** What the token endpoint answers, with a hostile text where it can stand. */
const TOKEN_ANSWERS: Readonly<Record<string, (text: string, lab: ScriptedDeployment) => Promise<Answer> | Answer>> = {
  description: (text) => ({ status: 400, body: { error: 'invalid_scope', error_description: text, trace_id: text } }),
  'address of an error': (text) => ({
    status: 401,
    body: { error: 'invalid_client', error_description: text, error_uri: text },
  }),
  error: (text) => ({ status: 403, body: { error: text, errorSummary: text } }),
  'web page': (text) => ({
    status: 200,
    headers: { 'content-type': 'text/html' },
    body: `<title>${text}</title>${text}`,
  }),
  'server error': (text) => ({ status: 500, body: text }),
  'error on 200': (text) => ({ body: { error: text } }),
  'opaque token': (text) => ({ body: { access_token: 'x'.repeat(40), token_type: text, expires_in: 60 } }),
  'claims of the caller': async (text, { signToken }) => ({
    body: granted(await signToken({ sub: text, identitytype: text, aud: text })),
  }),
  'claims of the provider': async (text, { signToken }) => ({
    body: granted(await signToken({ iss: text, scp: [text] }, { kid: text })),
  }),
  'scope and others': async (text, { signToken }) => ({
    body: { ...granted(await signToken()), scope: text, note: text },
  }),
  nothing: async (_text, { signToken }) => ({ body: granted(await signToken()) }),
  'no answer': () => ({ reset: true }),
};

/** What the routes of the diagnosis, the provider's metadata and its key set say. */
const DOCUMENTS = DOCUMENT_FIELDS.map(
  (field): HostilePlace => ({
    name: field,
    verify: 'token',
    arrange: (text, { deployment }) => {
      const { provider, controlPlane } = deployment;
      const { issuer, tokenEndpoint, jwksUri: keySetAddress, paths, publicJwks } = provider;
      const [key = { kid: '' }] = publicJwks.keys;
      const facts = { issuer, tokenEndpoint, keySetAddress, key, keyId: String(key.kid) };
      const serve = (asked: 'plane' | 'provider' | 'key set', path: string): Answer =>
        asAnswer(hostileDocument(asked, path, field, text, facts));
      provider.on('GET', paths.jwks, serve('key set', paths.jwks));
      for (const path of [paths.metadata, paths.openIdMetadata]) {
        provider.on('GET', path, serve('provider', path));
      }
      // What the provider says is read by way of the client's own route, so that a run comes to its end.
      if (field !== 'provider issuer' && field !== 'kid of the key set') {
        controlPlane.settings.routes = {
          override: ({ path }) => (isDiscovery(path) ? serve('plane', path) : undefined),
        };
      }
    },
  }),
);

function isDiscovery(path: string): boolean {
  return /AuthMetadataService|oauth-authorization-server|flyte_client/.test(path);
}

/** What the route says that the client reads: the lab writes it in the client's own format. */
const CLIENT_ROUTE = [
  ...(['issuer', 'tokenEndpoint', 'jwksUri'] as const).map(
    (field): HostilePlace => ({
      name: `${field} of the client's route`,
      verify: 'token',
      arrange: (text, { deployment: { controlPlane } }) => {
        controlPlane.settings.metadata = { ...controlPlane.settings.metadata, [field]: text };
      },
    }),
  ),
  ...(['audience', 'authorizationMetadataKey', 'scopes'] as const).map(
    (field): HostilePlace => ({
      name: `${field} of the client's route`,
      verify: 'deployment',
      arrange: (text, { deployment: { controlPlane } }) => {
        const value = field === 'scopes' ? [text] : text;
        controlPlane.settings.publicClientConfig = { ...controlPlane.settings.publicClientConfig, [field]: value };
      },
    }),
  ),
];

/** What the control plane says of the caller. It was sent the token, and may say that too. */
const IDENTITY_ANSWERS: Readonly<Record<string, (text: string, clientId: string) => Answer>> = {
  subject: (text) => ({ body: { subject: text, name: text, additionalClaims: { identitytype: text } } }),
  'identity type': (text, clientId) => ({ body: { subject: clientId, additionalClaims: { identitytype: text } } }),
  'header of the identity type': (text, clientId) => ({
    headers: { 'x-user-claim-identitytype': asHeader(JSON.stringify(text)) },
    body: { subject: clientId },
  }),
  refusal: (text) => ({ status: 401, body: { code: 'unauthenticated', message: text } }),
  'another code': (text) => ({ status: 403, body: { code: text, message: text } }),
  'page of the ingress': (text) => ({
    status: 502,
    headers: { 'content-type': 'text/html' },
    body: `<html><title>${text}</title>${text}`,
  }),
  redirect: (text) => ({ status: 302, headers: { location: ELSEWHERE + asHeader(text) } }),
};

const IDENTITY = Object.entries(IDENTITY_ANSWERS).map(
  ([name, answer]): HostilePlace => ({
    name: `${name} in the identity call`,
    verify: 'deployment',
    arrange: (text, { deployment: { controlPlane, clientId } }) => {
      controlPlane.settings.routes = {
        override: (request) =>
          isIdentity(request) ? answer(`${sentSignature(request)} ${text}`, clientId) : undefined,
      };
    },
  }),
);

function isIdentity({ path }: RecordedRequest): boolean {
  return path.endsWith('IdentityService/UserInfo') || path === '/me';
}

/** In front of the text, as what is long is cut. */
function sentSignature({ headers }: RecordedRequest): string {
  return signatureOf(headers['flyte-authorization'] ?? headers['authorization'] ?? '').join();
}

/** Where only `doctor` comes: what a browser would be sent to. */
const SIGN_IN: readonly HostilePlace[] = [
  {
    name: 'page of the sign-in',
    verify: 'token',
    arrange: (text, { deployment: { provider } }) =>
      provider.on('GET', signInPath(provider), {
        status: 400,
        headers: { 'content-type': 'text/html' },
        body: `<html><title>${text}</title>redirect_uri ${text}`,
      }),
  },
  {
    name: 'error of the sign-in',
    verify: 'token',
    arrange: (text, { deployment: { provider } }) =>
      provider.on('GET', signInPath(provider), {
        status: 302,
        headers: { location: `${ELSEWHERE}?error=${encodeURIComponent(text.toWellFormed())}` },
      }),
  },
  {
    name: 'login of the control plane',
    verify: 'token',
    arrange: (text, { deployment: { controlPlane, provider } }) => {
      const { domain, settings } = controlPlane;
      const login = { client_id: text, redirect_uri: `https://${domain}/callback`, scope: text };
      const location = `${provider.issuer}/auth?${new URLSearchParams(login)}`;
      settings.routes = {
        override: ({ path }) => (path === '/login' ? { status: 307, headers: { location } } : undefined),
      };
    },
  },
];

function signInPath({ issuer }: { readonly issuer: string }): string {
  return `${new URL(issuer).pathname}/auth`;
}

const AT_THE_TOKEN_ENDPOINT = Object.entries(TOKEN_ANSWERS).map(
  ([name, answer]): HostilePlace => ({
    name: `${name} of the token endpoint`,
    verify: 'token',
    arrange: (text, lab) => giveToken(lab, () => answer(text, lab.deployment)),
  }),
);

/** Where a step comes, and so does the command. */
export const PLACES: readonly HostilePlace[] = [...AT_THE_TOKEN_ENDPOINT, ...DOCUMENTS, ...CLIENT_ROUTE, ...IDENTITY];
export const PLACES_OF_THE_COMMAND: readonly HostilePlace[] = [...PLACES, ...SIGN_IN];

/** How the lab is before anything in it is hostile. */
const usual = new WeakMap<ScriptedDeployment, () => void>();

export const NOTHING_HOSTILE: HostilePlace = { name: 'nowhere', verify: 'deployment', arrange: () => undefined };

/** Has the lab answer at one place what wants to do harm, and as usual everywhere else. */
export function arrange(place: HostilePlace, text: string, lab: LeakLab): void {
  const { deployment, issued } = lab;
  issued.length = 0;
  const restore = usual.get(deployment) ?? restorerOf(deployment);
  usual.set(deployment, restore);
  restore();
  giveToken(lab, async () => ({ body: granted(await deployment.signToken()) }));
  place.arrange(text, lab);
}

function restorerOf({ controlPlane: { settings }, provider }: ScriptedDeployment): () => void {
  const { metadata, publicClientConfig } = settings;
  const { paths, metadataDocument, publicJwks } = provider;
  return () => {
    Object.assign(settings, { metadata, publicClientConfig, routes: {} });
    provider.on('GET', paths.metadata, { body: metadataDocument });
    provider.on('GET', paths.openIdMetadata, { body: metadataDocument });
    provider.on('GET', paths.jwks, { body: publicJwks });
    provider.on('GET', signInPath(provider), { status: 404 });
  };
}

function giveToken({ deployment: { provider }, issued }: LeakLab, answer: () => Promise<Answer> | Answer): void {
  provider.on('POST', provider.paths.token, async () => {
    const given = await answer();
    issued.push(...signaturesIn(given));
    return given;
  });
}

/** The text of a seed: with another of all ways to write a command. */
export function textOf(seed: number, secret: string, { deployment }: LeakLab, random: Random): string {
  const { domain, clientId } = deployment;
  return hostileText(random, secret, { domain, clientId, org: '' }, COMMAND_CASES[seed % COMMAND_CASES.length] ?? '');
}

function granted(token: string): object {
  return { access_token: token, token_type: 'Bearer', expires_in: 3600, scope: 'all' };
}

/** @returns the beginning of that of the access token, where an answer has one that is signed */
function signaturesIn({ body }: Answer): string[] {
  const token = typeof body === 'object' && 'access_token' in body ? String(body.access_token) : '';
  return signatureOf(token);
}

export function signatureOf(token: string): string[] {
  const signature = token.split('.')[2];
  return signature === undefined ? [] : [signature.slice(0, LOOKED_FOR_OF_A_SIGNATURE)];
}

/** As it can go over the wire. */
function asAnswer({ status, headers, body }: HttpResponse): Answer {
  const sent = Object.entries(headers).map(([name, value]) => [name, asHeader(value)]);
  return { status, headers: Object.fromEntries(sent), body: Buffer.from(body) };
}

/** No server of Node sends other characters in a header. */
function asHeader(text: string): string {
  return text.replace(/[^\t -~\u00a0-\u00ff]/gu, '?');
}
