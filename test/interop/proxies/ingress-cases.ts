import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { FindingCode } from '../../../src/catalogue.ts';
import { type DeploymentOptions, startDeployment } from '../../lab/deployment.ts';
import type { Counterpart, Workbench } from '../suite.ts';
import type { DebianProgram } from '../tools.ts';
import { type ActionResult, runBuiltAction } from './built-action.ts';
import { startIdentityRoute } from './identity-route.ts';
import { type Ingress, type IngressOptions, startIngress } from './nginx.ts';

const STANDARD_HEADER: DeploymentOptions = {
  controlPlane: { publicClientConfig: { authorizationMetadataKey: 'authorization' } },
};
const LOGIN = 'plane/login-redirect';
/** Of a token of the lab, and of one UUID of a list in it, in base64. */
const BYTES_WITHOUT_GROUPS = 800;
const BYTES_OF_GROUP = (39 * 4) / 3;

interface Trial {
  readonly lab?: DeploymentOptions;
  readonly ingress?: IngressOptions;
  /** Runs once before, while the control plane refuses every token. */
  readonly afterRefusal?: true;
}

type Prove = (result: ActionResult, ingress: Ingress) => void;

/** nginx before the control plane, with an auth subrequest to /me. */
export async function proveIngress(bench: Workbench, program: DebianProgram): Promise<void> {
  const row = bench.counterpart('nginx', program.version);
  const attempt = async (trial: Trial, prove: Prove): Promise<void> => {
    await using servers = new AsyncDisposableStack();
    const lab = await startDeployment(trial.lab);
    servers.defer(() => lab.stop());
    const identity = await startIdentityRoute(lab);
    servers.defer(() => identity.stop());
    const ingress = await startIngress(program, bench.temporary, lab, identity.port, trial.ingress);
    servers.defer(() => ingress.stop());
    const connectTo = [`${lab.domain}:443:127.0.0.1:${ingress.port}`, ...lab.connectTo.slice(1)];
    const inputs = { verify: 'deployment', project: 'flytesnacks', 'connect-to': connectTo.join('\n') };
    if (trial.afterRefusal) {
      const rules = lab.controlPlane.settings.accessTokenRules;
      rules.audience = 'https://another.example.test';
      await runBuiltAction(lab, { inputs });
      rules.audience = lab.audience;
    }
    prove(await runBuiltAction(lab, { inputs }), ingress);
  };
  await proveAnswers(row, attempt);
  await proveAuthCache(row, attempt);
  await proveTokenSizes(row, attempt);
  row.note(
    'the auth cache of the documented ingress has no key for the header `authorization`: all who use it share one answer for 5 minutes',
  );
}

type Attempt = (trial: Trial, prove: Prove) => Promise<void>;

async function proveAnswers(row: Counterpart, attempt: Attempt): Promise<void> {
  await row.case('a token that the control plane accepts', () =>
    attempt({}, (result, ingress) => {
      assertConfirmed(result);
      assert.deepEqual(ingress.identityStatuses(), [200]);
    }),
  );
  const refused = { controlPlane: { accessTokenRules: { audience: 'https://another.example.test' } } };
  const answers = [
    ['a token that it refuses: 401', { lab: refused }, 401, 'plane/ingress-refused'],
    ['a token that it refuses, with auth-signin: 302', { lab: refused, ingress: { signIn: true } }, 302, LOGIN],
    ['an auth service that forbids the call: 403', { ingress: { authStatus: 403 } }, 403, 'plane/ingress-refused'],
    ['an ingress that drops the header', { ingress: { dropsTokenHeader: true } }, 401, 'plane/token-missing'],
    ['an auth service that fails: 500', { ingress: { authStatus: 503 } }, 500, 'plane/unavailable'],
  ] as const satisfies readonly (readonly [string, Trial, number, FindingCode])[];
  for (const [name, trial, status, code] of answers) {
    await row.case(name, () =>
      attempt(trial, (result, ingress) => {
        assert.deepEqual(ingress.identityStatuses(), [status]);
        assert.deepEqual([result.exitCode, ...result.errors], [1, code]);
        assert.match(result.findings.get(code) ?? '', new RegExp(`IdentityService answered ${status}\\b`));
      }),
    );
  }
}

/** The auth subrequest of the documented ingress is cached by the header `flyte-authorization` alone. */
async function proveAuthCache(row: Counterpart, attempt: Attempt): Promise<void> {
  await row.case('a good token after a refused one, in the header that the auth cache knows', () =>
    attempt({ afterRefusal: true }, (result, ingress) => {
      assertConfirmed(result);
      assert.deepEqual(ingress.identityStatuses(), [401, 200]);
    }),
  );
  await row.case('in the header `authorization`, the answer to the refused one is given again', () =>
    attempt({ lab: STANDARD_HEADER, afterRefusal: true }, (result, ingress) => {
      assert.deepEqual(ingress.identityStatuses(), [401, 401]);
      assert.deepEqual([result.exitCode, ...result.errors], [1, 'plane/ingress-refused']);
      assert.match(result.findings.get('plane/ingress-refused') ?? '', /in the header authorization\.$/);
    }),
  );
}

/**
 * What nginx answers with the limits that it has of itself. Of what the control plane answers it holds 4 KB, less what
 * it notes beside a cached answer; of one header that comes in, 8 KB.
 */
const SIZES = [
  { kilobytes: 2, protectedRoute: 200, gateway: 200 },
  { kilobytes: 5, protectedRoute: 500, gateway: 200 },
  { kilobytes: 6, protectedRoute: 500, gateway: 502 },
  { kilobytes: 9, protectedRoute: 400, gateway: 400 },
  { kilobytes: 20, protectedRoute: 400, gateway: 400 },
];

async function proveTokenSizes(row: Counterpart, attempt: Attempt): Promise<void> {
  for (const { kilobytes, protectedRoute, gateway } of SIZES) {
    const proveStatus = (status: number): Prove => {
      return (result, ingress) => {
        assert.equal(ingress.identityStatuses().at(-1), status);
        assert.match(ingress.errors(), status >= 500 ? /upstream sent too big header/ : /^$/);
        if (status === 200) {
          assertConfirmed(result);
        } else {
          assert.deepEqual([result.exitCode, ...result.errors], [1, 'plane/headers-too-large']);
        }
      };
    };
    await row.case(`a token of ${kilobytes} KB, with an auth subrequest: ${protectedRoute}`, () =>
      attempt({ lab: withToken(kilobytes) }, proveStatus(protectedRoute)),
    );
    const flyte1 = { ...withToken(kilobytes), controlPlane: { routes: { connectJson: false, connectBinary: false } } };
    await row.case(`a token of ${kilobytes} KB, straight to /me: ${gateway}`, () =>
      attempt({ lab: flyte1, ingress: { hasNoAuthRequest: true } }, proveStatus(gateway)),
    );
  }
  await row.case('a token of 9 KB, with the settings raised that the finding names', () =>
    attempt({ lab: withToken(9), ingress: { largeHeaders: true } }, (result) => assertConfirmed(result)),
  );
}

function assertConfirmed({ exitCode, errors, findings }: ActionResult): void {
  assert.equal(exitCode, 0, `${errors.join()}: ${findings.get(errors[0] ?? '')}`);
  assert.ok(findings.has('plane/identity-confirmed'));
}

/** Groups, as Entra puts them into a token, until it has about that size. */
function withToken(kilobytes: number): DeploymentOptions {
  const bytes = kilobytes * 1024 - BYTES_WITHOUT_GROUPS;
  const count = Math.max(0, Math.floor(bytes / BYTES_OF_GROUP));
  const groups = Array.from({ length: count }, () => randomUUID());
  const claims = { sub: 'ci-client', scp: ['all'], identitytype: 'app', ...(count > 0 && { groups }) };
  return { openIdProvider: { claims } };
}
