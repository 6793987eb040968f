import { generateKeyPairSync, sign } from 'node:crypto';
import type { FindingCode } from '../../src/catalogue.ts';
import type { Answer } from '../lab/answers.ts';
import type { ScriptedDeployment } from '../lab/deployment.ts';
import { type Inputs, scenario, scripted } from './scenario.ts';

type Claims = Record<string, unknown>;

function grant(lab: ScriptedDeployment, token: () => string | Promise<string>): void {
  lab.provider.on('POST', lab.provider.paths.token, async () => ({
    body: { access_token: await token(), token_type: 'Bearer', expires_in: 3600 },
  }));
}

/** A token with these claims is refused. */
function refused(name: string, claims: Claims, code: FindingCode, inputs: Inputs = {}, header: Claims = {}): void {
  scripted(name, {
    inputs,
    arrange: (lab) => grant(lab, () => lab.signToken(claims, header)),
    expect: { exit: 1, code },
  });
}

/** A token with these claims passes, with a warning or without. */
function accepted(
  name: string,
  claims: Claims,
  warnings?: FindingCode[],
  inputs: Inputs = {},
  header: Claims = {},
): void {
  scripted(name, {
    inputs,
    arrange: (lab) => grant(lab, () => lab.signToken(claims, header)),
    expect: { exit: 0, ...(warnings && { warnings }) },
  });
}

const now = Math.floor(Date.now() / 1000);
const SCOPED = { client_id: 'ci-client', scp: undefined };

scenario('an opaque token', {
  lab: { openIdProvider: { accessTokenFormat: 'opaque' } },
  expect: { exit: 1, code: 'token/opaque' },
});

scripted('a token of three parts that are no JSON', {
  arrange: (lab) => grant(lab, () => 'bm90LWpzb24.bm90LWpzb24.bm90LWpzb24'),
  expect: { exit: 1, code: 'token/unreadable' },
});

refused('a key that nobody advertises', {}, 'token/signature-invalid', {}, { kid: 'another-key' });
refused('a signature of the algorithm none', {}, 'token/signature-invalid', {}, { alg: 'none' });

scripted('a signature that does not fit', {
  arrange: (lab) => grant(lab, async () => `${(await lab.signToken()).slice(0, -20)}AAAAAAAAAAAAAAAAAAAA`),
  expect: { exit: 1, code: 'token/signature-invalid' },
});

accepted('a token that names no key', {}, undefined, {}, { kid: undefined });
refused('another audience, and allowed-audience is stated', { aud: 'api://other' }, 'token/audience-mismatch', {
  'allowed-audience': 'api://flyte',
});
accepted('another audience, and nothing is stated', { aud: 'api://other' }, ['token/audience-mismatch']);
accepted('one audience of several', { aud: ['api://other', 'https://union.example.test'] });
refused('no audience', { aud: undefined }, 'token/audience-missing');
refused('audiences that are not all texts', { aud: ['https://union.example.test', 7] }, 'token/audience-missing');
refused('an expired token', { exp: now - 600 }, 'token/expired');
refused('a token of tomorrow', { iat: now + 86_400 }, 'token/not-yet-valid');
accepted('a token that never expires', { exp: undefined }, ['token/never-expires']);
accepted('no subject, and nothing is stated', { sub: undefined }, ['token/subject-missing']);
refused('no subject, and subject-claims is stated', { sub: undefined }, 'token/subject-missing', {
  'subject-claims': 'preferred_name',
});
accepted('the subject from another claim', { sub: undefined }, undefined, { 'subject-claims': 'preferred_username' });
refused('client_id without scp', SCOPED, 'token/scope-all-missing');
refused('scopes without all', { scp: ['flyte', 'openid'] }, 'token/scope-all-missing');
accepted('scp as a text', { scp: 'all', client_id: 'ci-client' }, ['token/scope-all-missing']);
accepted('neither scp nor client_id', { scp: undefined });
accepted('no type of identity, and nothing is stated', { identitytype: undefined }, ['token/identity-type-not-app']);
refused('no type of identity, and app-claims is stated', {}, 'token/identity-type-not-app', { 'app-claims': 'azp=ci' });
accepted('the type of identity that Entra gives', { identitytype: undefined, idtyp: 'app' });
refused('a claim of the wrong type', { client_id: 7 }, 'token/claim-of-wrong-type');
refused('a time of the wrong type', { exp: 'tomorrow' }, 'token/claim-of-wrong-type');
accepted('another issuer', { iss: 'https://login.example.test/' });
accepted('claims that hold workflow commands', {
  sub: 'ci\n::set-env name=X::y',
  iss: '##[error]foreign',
  aud: ['https://union.example.test', '::error::foreign'],
  identitytype: 'app',
});

/** The key set gives this answer. */
function keySet(name: string, answer: Answer, end: FindingCode, isError: boolean): void {
  scripted(`a key set: ${name}`, {
    arrange: (lab) => lab.provider.on('GET', lab.provider.paths.jwks, answer),
    expect: isError ? { exit: 1, code: end } : { exit: 0, warnings: [end] },
  });
}

keySet('500', { status: 500 }, 'key-set/unavailable', false);
keySet('404', { status: 404 }, 'key-set/unavailable', false);
keySet(
  'a redirect',
  { status: 301, headers: { location: 'https://elsewhere.example.test/' } },
  'key-set/unavailable',
  false,
);
scripted('a key set: 503 once', {
  arrange: (lab) =>
    lab.provider.on('GET', lab.provider.paths.jwks, [
      { status: 503 },
      { body: { keys: lab.provider.publicJwks.keys } },
    ]),
  expect: { exit: 0 },
});
keySet('a web page', { headers: { 'content-type': 'text/html' }, body: '<html></html>' }, 'key-set/unreadable', true);
keySet('JSON without keys', { body: { issuer: 'x' } }, 'key-set/unreadable', true);
keySet('no keys', { body: { keys: [] } }, 'token/signature-invalid', true);
keySet('a reset', { reset: true }, 'key-set/unavailable', false);
keySet('broken keys', { body: { keys: [{ kty: 'RSA', kid: 'scripted-key-1' }, 7] } }, 'key-set/unreadable-key', true);

scripted('no key set is known', {
  lab: { controlPlane: { metadata: { jwksUri: '' } } },
  arrange: (lab) => lab.provider.on('GET', lab.provider.paths.metadata, { body: { issuer: lab.issuer } }),
  expect: { exit: 0, warnings: ['key-set/not-advertised'] },
});

scripted('a key set at an address that can not be used', {
  lab: { controlPlane: { metadata: { jwksUri: 'http://login.example.test/jwks' } } },
  expect: { exit: 0, warnings: ['key-set/unavailable'] },
});

scripted('a key set: an RSA key of 1024 bits', {
  arrange(lab) {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const key = { ...publicKey.export({ format: 'jwk' }), kid: 'scripted-key-1', alg: 'RS256' };
    lab.provider.on('GET', lab.provider.paths.jwks, { body: { keys: [key] } });
    grant(lab, async () => {
      const text = (await lab.signToken()).replace(/\.[^.]*$/, '');
      return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
    });
  },
  expect: { exit: 0, warnings: ['key-set/weak-key'] },
});
