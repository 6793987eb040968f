import path from 'node:path';
import { cases } from '../../identity-provider/providers/generic.ts';
import { type OpenIdProvider, startOpenIdProvider } from '../../lab/openid-provider.ts';
import type { Workbench } from '../suite.ts';
import { readJson } from '../tools.ts';
import { certificateAuthority } from './front.ts';
import { AUDIENCE, ProviderTrial, withoutAuthorization } from './provider-trial.ts';

const ISSUER = 'https://login.example.test/oauth2/default';
const SECRET = "Op9_made up+%=~&!*()'-x";
const MANIFEST = path.join(import.meta.dirname, '../../../node_modules/oidc-provider/package.json');

/** The one that the lab stands on: the lab starts it, and adds claims only for the client that has the guide's. */
export async function proveOidcProvider(bench: Workbench): Promise<void> {
  const { version } = (await readJson(MANIFEST)) as { version: string };
  const authority = await certificateAuthority();
  const server = await startOpenIdProvider({
    authority,
    requests: [],
    issuer: ISSUER,
    audience: AUDIENCE,
    clients: [
      { clientId: 'ci', clientSecret: SECRET },
      { clientId: 'plain', clientSecret: SECRET },
      { clientId: 'post', clientSecret: SECRET, authMethod: 'client_secret_post' },
      { clientId: 'no-grant', clientSecret: SECRET, grantTypes: ['authorization_code'] },
    ],
    claims: (clientId) => (clientId === 'ci' ? { scp: ['all'], identitytype: 'app', sub: clientId } : {}),
  });
  try {
    await proveServer(bench, version, { server, authority });
  } finally {
    await server.stop();
  }
}

async function proveServer(
  bench: Workbench,
  version: string,
  { server, authority }: { server: OpenIdProvider; authority: Awaited<ReturnType<typeof certificateAuthority>> },
): Promise<void> {
  const running = {
    authority,
    certificateAuthorityPem: authority.certificatePem,
    connectTo: [`${new URL(ISSUER).hostname}:443:127.0.0.1:${server.port}`],
    provider: 'generic',
    issuer: ISSUER,
    cases,
  } as const;
  const trial = await ProviderTrial.open(running, bench.counterpart('oidc-provider', version));
  const client = (clientId: string) => ({ clientId, clientSecret: SECRET });
  await trial.recognised();
  const wrongSecret = {
    code: 'idp/wrong-secret',
    answer: { status: 401, body: { error: 'invalid_client', error_description: 'client authentication failed' } },
  } as const;
  await trial.refused('a wrong secret', { ...client('ci'), clientSecret: `${SECRET}x`, ...wrongSecret });
  await trial.refused('an unknown client', { ...client('no-such-client'), ...wrongSecret });
  await trial.refused('a client without the grant', { ...client('no-grant'), code: 'idp/generic/grant-not-enabled' });
  await trial.refused('a client id with a percent sign', {
    ...client('ci%zz'),
    code: 'idp/generic/basic-not-encoded',
  });
  await trial.refused('a header that a proxy removed', {
    ...client('ci'),
    change: withoutAuthorization,
    code: 'idp/generic/no-credentials',
  });
  await trial.refused('credentials that a proxy adds', {
    ...client('ci'),
    change: ({ headers, body }) => ({ headers, body: `${body}&client_id=ci&client_secret=other` }),
    code: 'idp/generic/two-methods',
  });
  await trial.granted('a token as the package makes it', {
    ...client('plain'),
    decision: 'refuse',
    codes: ['token/scope-all-missing', 'token/identity-type-not-app'],
  });
  await trial.granted('a client for the body, which it takes in the header too', {
    ...client('post'),
    decision: 'refuse',
    codes: ['token/scope-all-missing', 'token/identity-type-not-app'],
  });
  await trial.granted('claims as the guide has them', { ...client('ci'), decision: 'accept', codes: [] });
  await trial.granted('a scope that it does not know', {
    ...client('ci'),
    scopes: ['all', 'offline'],
    decision: 'accept',
    codes: [],
  });
  await trial.action('claims as the guide has them', client('ci'));
  await trial.action('a wrong secret', { ...client('ci'), clientSecret: `${SECRET}x`, code: 'idp/wrong-secret' });
}
