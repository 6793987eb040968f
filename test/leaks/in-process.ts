import { createSign, generateKeyPairSync } from 'node:crypto';
import { authenticate, type HttpRequest, type HttpResponse, type Transport } from '../../src/index.ts';
import { annotationOf, logGroups, logVerdict } from '../../src/report/log.ts';
import { summaryOf } from '../../src/report/summary.ts';
import { type Random, seededRandom } from '../secrecy/random-secrets.ts';
import { DOCUMENT_FIELDS, headersWith, hostileDocument, jsonAnswer, pageAnswer } from './hostile-documents.ts';
import { COMMAND_CASES, hostileText } from './hostile-text.ts';
import { canBeLookedFor, foreignCharacters, foreignCommands, leaksIn } from './judge.ts';
import { nextSecret } from './secrets.ts';

const DOMAIN = 'union.example.test';
const ISSUER = 'https://login.example.test';
const CLIENT_ID = 'ci-client';
const ORG = 'acme';

/** Where hostile text may stand in what a deployment and its identity provider answer. */
const FIELDS = [
  ...DOCUMENT_FIELDS,
  'error',
  'error_description',
  'error_uri',
  'another member',
  'web page',
  'error on 200',
  'token_type',
  'scope',
  'expires_in',
  'opaque token',
  'issuer claim',
  'audience claim',
  'subject claim',
  'type claim',
  'kid of the header',
  'location',
  'nothing',
] as const;
type Field = (typeof FIELDS)[number];

export const KINDS_OF_FIELDS = FIELDS.length;

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const FACTS = {
  issuer: ISSUER,
  tokenEndpoint: `${ISSUER}/token`,
  keySetAddress: `${ISSUER}/keys`,
  key: publicKey.export({ format: 'jwk' }),
  keyId: 'k',
};

/** A run with one seed: another secret, another hostile field, another command. @returns what went wrong */
export async function playInProcess(seed: number): Promise<string[]> {
  const random = seededRandom(seed);
  const clientSecret = nextSecret(random);
  const field = FIELDS[seed % FIELDS.length] ?? 'nothing';
  const command = COMMAND_CASES[Math.floor(seed / FIELDS.length) % COMMAND_CASES.length] ?? '';
  const text = hostileText(random, clientSecret, { domain: DOMAIN, clientId: CLIENT_ID, org: ORG }, command);
  const masks: string[] = [];
  const { report, apiKey } = await authenticate(
    {
      credentials: { domain: DOMAIN, clientId: CLIENT_ID, clientSecret, org: ORG },
      allowedAudience: [`https://${DOMAIN}`],
    },
    {
      transport: transportOf((request) => answerTo(request, field, text, random)),
      mask: (form) => masks.push(form),
      sleep: async () => undefined,
      random,
    },
  );
  const annotations = report.findings.map(annotationOf);
  const log = [...logGroups(report).flatMap(({ title, lines }) => [title, ...lines]), logVerdict(report)].join('\n');
  const places = {
    log,
    annotations: annotations.map(({ title, message }) => `${title}\n${message}`).join('\n'),
    summary: summaryOf(report, apiKey === undefined ? [] : ['FLYTE_API_KEY']),
    report: JSON.stringify(report),
  };
  const secrets = canBeLookedFor(clientSecret, [DOMAIN, CLIENT_ID, ORG]) ? [clientSecret.trim()] : [];
  const output = `${log}\n${places.annotations}`;
  return [
    ...leaksIn(places, secrets),
    ...foreignCommands(output, []),
    ...foreignCharacters(`${output}${places.summary}`),
    ...(secrets.length > 0 && !masks.includes(clientSecret) && report.verdict === 'ready' ? ['no mask'] : []),
  ].map((fault) => `seed ${seed} (${field}): ${fault}`);
}

function transportOf(answer: (request: HttpRequest) => HttpResponse): Transport {
  return {
    deadline: new AbortController().signal,
    attempts: [],
    send: async (request) => answer(request),
    close: () => undefined,
  };
}

function answerTo({ url }: HttpRequest, field: Field, text: string, random: Random): HttpResponse {
  const at = (name: Field, usual: string): string => (field === name ? text : usual);
  const headers = headersWith(field, text);
  const json = (value: object, status = 200): HttpResponse => jsonAnswer(value, status, headers);
  if (url.pathname !== '/token' || url.host === DOMAIN) {
    const asked = url.host === DOMAIN ? 'plane' : url.pathname === '/keys' ? 'key set' : 'provider';
    return hostileDocument(asked, url.pathname, field, text, FACTS);
  }
  switch (field) {
    case 'error':
    case 'error_description':
    case 'error_uri':
    case 'another member': {
      const error = at('error', ['invalid_client', 'invalid_scope', 'access_denied'][Math.floor(random() * 3)] ?? '');
      const others = { error_description: at('error_description', 'no'), error_uri: at('error_uri', '') };
      return json(
        { error, ...others, trace_id: at('another member', 'x'), errorSummary: at('another member', 'x') },
        400,
      );
    }
    case 'web page':
      return pageAnswer(text, [200, 403, 500][Math.floor(random() * 3)] ?? 200, headers);
    case 'location':
      return { ...pageAnswer(text, 302, headers), headers: { location: `https://evil.example.test/${text}` } };
    case 'error on 200':
      return json({ error: text });
    default:
      return json({
        access_token: field === 'opaque token' ? `${text}.`.repeat(2) : signed(at, random),
        token_type: at('token_type', 'Bearer'),
        expires_in: field === 'expires_in' ? text : 3600,
        scope: at('scope', 'all'),
      });
  }
}

/** One signature serves where nothing is signed: a wrong one is a fault of its own, and a right one takes long. */
function signed(at: (name: Field, usual: string) => string, random: Random): string {
  const now = Math.floor(Date.now() / 1000);
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = part({ alg: 'RS256', typ: 'JWT', kid: at('kid of the header', 'k') });
  const body = part({
    iss: at('issuer claim', ISSUER),
    aud: at('audience claim', `https://${DOMAIN}`),
    sub: at('subject claim', CLIENT_ID),
    identitytype: at('type claim', 'app'),
    scp: ['all'],
    iat: now,
    exp: now + 3600,
  });
  const signature =
    random() < 0.2
      ? createSign('sha256').update(`${head}.${body}`).sign(privateKey).toString('base64url')
      : Buffer.alloc(256, 7).toString('base64url');
  return `${head}.${body}.${signature}`;
}
