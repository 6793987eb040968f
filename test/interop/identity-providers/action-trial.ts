import assert from 'node:assert/strict';
import path from 'node:path';
import type { JSONWebKeySet } from 'jose';
import type { FindingCode } from '../../../src/catalogue.ts';
import type { ClientCredentials, TokenGrant } from '../../../src/identity-provider/token-request.ts';
import type { CertificateAuthority } from '../../lab/certificates.ts';
import { type ControlPlaneRoutes, startControlPlane } from '../../lab/control-plane.ts';
import type { Reachable } from '../../lab/lab-client.ts';
import { runStep, type StepResult } from '../../runner/action-runner.ts';
import { findLeak } from '../../runner/leak-oracle.ts';
import { startReverseProxy } from './reverse-proxy.ts';

const ACTION_DIRECTORY = path.join(import.meta.dirname, '../../..');

export interface ActionOutcome {
  /** The one error; a key is exported where there is none. */
  readonly code?: FindingCode;
  readonly warnings?: readonly FindingCode[];
  readonly inputs?: Readonly<Record<string, string>>;
  /** Default the address of the deployment. */
  readonly acceptedAudience?: string;
  /** Default those of Union: Connect first. */
  readonly routes?: ControlPlaneRoutes | undefined;
}

interface ActionRequest extends ClientCredentials, ActionOutcome {
  readonly running: Reachable & { readonly authority: CertificateAuthority };
  readonly domain: string;
  readonly acceptedAudience: string;
  readonly grant: TokenGrant;
  readonly metadata: { readonly issuer: string; readonly tokenEndpoint: string; readonly jwksUri: string };
  readonly keySet: unknown;
}

/** What an ingress of Flyte routes to the authorization server of the deployment itself. */
const PROVIDER_PATHS = /^\/(oauth2|\.well-known)\//;

/**
 * Runs the built main step, as the runner does, against a control plane that advertises the real server. Where both
 * have one name, an ingress is put in front of them.
 */
export async function runAction(request: ActionRequest): Promise<void> {
  const { running, domain, grant, acceptedAudience } = request;
  await using servers = new AsyncDisposableStack();
  const controlPlane = await startControlPlane({
    authority: running.authority,
    requests: [],
    domain,
    metadata: { ...request.metadata, tokenEndpointAuthMethodsSupported: ['client_secret_basic'] },
    publicClientConfig: {
      clientId: 'flytectl',
      redirectUri: 'http://localhost:53593/callback',
      scopes: [...grant.scopes],
      authorizationMetadataKey: 'flyte-authorization',
      audience: grant.audience,
    },
    routes: request.routes,
    accessTokenRules: { jwks: request.keySet as JSONWebKeySet, audience: acceptedAudience },
  });
  servers.defer(() => controlPlane.stop());
  const providerPort = portOf(running, domain);
  const ingress =
    providerPort === undefined
      ? undefined
      : await startReverseProxy(running.authority, domain, (path) => ({
          port: PROVIDER_PATHS.test(path) ? providerPort : controlPlane.port,
          isTls: true,
        }));
  if (ingress !== undefined) {
    servers.defer(() => ingress.stop());
  }
  const result = await runStep({
    actionDirectory: ACTION_DIRECTORY,
    step: 'main',
    inputs: {
      domain,
      'client-id': request.clientId,
      'client-secret': request.clientSecret,
      'allowed-audience': acceptedAudience,
      'ca-certificates': running.certificateAuthorityPem,
      'connect-to': [
        `${domain}:443:127.0.0.1:${(ingress ?? controlPlane).port}`,
        ...running.connectTo.filter((line) => !line.startsWith(`${domain}:`)),
      ].join('\n'),
      ...request.inputs,
    },
  });
  try {
    check(result, request);
  } finally {
    await result.cleanUp();
  }
}

/** The port of the provider, where it has the host name of the deployment. */
function portOf(running: Reachable, domain: string): number | undefined {
  const line = running.connectTo.find((each) => each.startsWith(`${domain}:`));
  return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(':') + 1));
}

function check(result: StepResult, { code, warnings = [], clientSecret }: ActionRequest): void {
  const codes = (level: string): string[] =>
    result.annotations.flatMap((each) => (each.level === level ? [each.message.split(': ', 1)[0] ?? ''] : []));
  const seen = { exit: result.exitCode, errors: codes('error'), warnings: codes('warning') };
  const expected =
    code === undefined
      ? { exit: 0, errors: [], warnings: ['input/connect-to-in-use', ...warnings] }
      : { exit: 1, errors: [code], warnings: [...warnings] };
  assert.deepEqual(seen, expected, `${result.log.slice(-1500)}`);
  assert.equal(result.exportedEnvironment['FLYTE_API_KEY'] !== undefined, code === undefined);
  assert.equal(findLeak(clientSecret, result.log), undefined);
}
