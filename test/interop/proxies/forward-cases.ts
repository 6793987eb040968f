import assert from 'node:assert/strict';
import { startProxy } from '../../e2e/proxy.ts';
import { type Deployment, startDeployment } from '../../lab/deployment.ts';
import type { Workbench } from '../suite.ts';
import { freePort } from '../tools.ts';
import { type ActionResult, runBuiltAction } from './built-action.ts';
import type { ForwardProxy, ForwardProxyProgram, ProxyRules } from './forward-proxies.ts';

/** The name is no name for the resolver of the runner, and an address of this machine where it is one. */
const WENT_WITHOUT_PROXY = ['network/name-not-found', 'network/name-service-failed', 'network/address-refused'];

/** A runner that reaches the deployment only through a real proxy. */
export async function proveForwardProxy(bench: Workbench, program: ForwardProxyProgram): Promise<void> {
  const row = bench.counterpart(program.name, program.version);
  if (program.wrongPasswordStatus !== 407) {
    row.note(`answers ${program.wrongPasswordStatus} to a wrong password, where RFC 9110 section 15.5.8 has 407`);
  }
  await using servers = new AsyncDisposableStack();
  const lab = await startDeployment();
  servers.defer(() => lab.stop());
  // A proxy resolves names itself and goes to port 443: this one stands for the network behind it.
  const network = await startProxy(lab);
  servers.defer(() => network.stop());
  const parentPort = Number(new URL(network.url).port);
  const controlPlane = `${lab.domain}:443`;
  const provider = `${new URL(lab.issuer).hostname}:443`;
  const behind = async (rules: ProxyRules, prove: (proxy: ForwardProxy) => Promise<void>): Promise<void> => {
    const proxy = await program.start(bench.temporary, rules);
    try {
      await prove(proxy);
    } finally {
      await proxy.stop();
    }
  };
  const runThrough = (environment: Record<string, string>, secrets: readonly string[] = []): Promise<ActionResult> =>
    runBuiltAction(lab, { inputs: { verify: 'deployment', project: 'flytesnacks' }, environment, secrets });

  await row.case('HTTPS_PROXY', () =>
    behind({ parentPort }, async (proxy) => {
      assertSignedIn(await runThrough({ HTTPS_PROXY: `http://${proxy.address}` }), lab);
      await assertTunnels(proxy, [provider, controlPlane]);
    }),
  );
  await row.case('https_proxy without a scheme', () =>
    behind({ parentPort }, async (proxy) => {
      assertSignedIn(await runThrough({ https_proxy: proxy.address }), lab);
      await assertTunnels(proxy, [provider, controlPlane]);
    }),
  );
  for (const spelled of [new URL(lab.issuer).hostname, '.example.test', '*']) {
    await row.case(`NO_PROXY=${spelled}: the proxy is not asked for the provider`, () =>
      behind({ parentPort }, async (proxy) => {
        const environment = { HTTPS_PROXY: `http://${proxy.address}`, NO_PROXY: spelled };
        const { errors } = await runThrough(environment);
        assert.ok(errors.length === 1 && WENT_WITHOUT_PROXY.includes(errors[0] ?? ''), errors.join());
        await assertTunnels(proxy, spelled.startsWith('login') ? [controlPlane] : []);
      }),
    );
  }
  await row.case('NO_PROXY with other hosts only', () =>
    behind({ parentPort }, async (proxy) => {
      const environment = { HTTPS_PROXY: `http://${proxy.address}`, NO_PROXY: 'localhost,127.0.0.1,.internal.test' };
      assertSignedIn(await runThrough(environment), lab);
      await assertTunnels(proxy, [provider, controlPlane]);
    }),
  );
  await proveCredentials();
  await row.case('a host that the proxy does not let through: it answers 403', () =>
    behind({ parentPort, refusedHost: new URL(lab.issuer).hostname }, async (proxy) => {
      const result = await runThrough({ HTTPS_PROXY: `http://${proxy.address}` });
      assertRefused(result, 403);
      assert.match(result.findings.get('network/proxy-refused') ?? '', /login\.example\.test/);
      assert.ok(!lab.requests.some(({ server }) => server === 'provider'));
    }),
  );
  await row.case('a host that the proxy can not reach: it answers with a fault of its own', async () =>
    behind({ parentPort: await freePort() }, async (proxy) => {
      assertProxyFault(await runThrough({ HTTPS_PROXY: `http://${proxy.address}` }), /failed with 5\d\d\.$/);
    }),
  );

  async function proveCredentials(): Promise<void> {
    const { user, password } = program.credentials;
    const rules = { parentPort, credentials: program.credentials };
    const userInfo = (secret: string): string => `${encodeURIComponent(user)}:${encodeURIComponent(secret)}`;
    await row.case('a proxy with a password', () =>
      behind(rules, async (proxy) => {
        const environment = { HTTPS_PROXY: `http://${userInfo(password)}@${proxy.address}` };
        assertSignedIn(await runThrough(environment, [password, encodeURIComponent(password)]), lab);
        await assertTunnels(proxy, [provider, controlPlane]);
      }),
    );
    await row.case(`a wrong password: the proxy answers ${program.wrongPasswordStatus}`, () =>
      behind(rules, async (proxy) => {
        const environment = { HTTPS_PROXY: `http://${userInfo('not-the-password')}@${proxy.address}` };
        assertRefused(await runThrough(environment, ['not-the-password']), program.wrongPasswordStatus);
      }),
    );
    await row.case('no password: the proxy answers 407', () =>
      behind(rules, async (proxy) => {
        assertRefused(await runThrough({ HTTPS_PROXY: `http://${proxy.address}` }), 407);
      }),
    );
  }
}

/** squid writes a tunnel to its log only when it has closed. */
async function assertTunnels(proxy: ForwardProxy, expected: readonly string[]): Promise<void> {
  const seen = (): string[] => [...new Set(proxy.tunnels())].sort();
  const deadline = Date.now() + 5_000;
  while (seen().length < expected.length && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.deepEqual(seen(), expected);
}

function assertSignedIn({ exitCode, errors, findings }: ActionResult, lab: Deployment): void {
  assert.equal(exitCode, 0, `${errors.join()}: ${findings.get(errors[0] ?? '')}`);
  assert.match(findings.get('plane/identity-confirmed') ?? '', new RegExp(lab.clientId));
  assert.ok(findings.has('plane/project-readable'));
}

function assertRefused(result: ActionResult, status: number): void {
  assertProxyFault(result, new RegExp(`failed with ${status}\\.$`));
}

function assertProxyFault({ exitCode, errors, findings }: ActionResult, detail: RegExp): void {
  assert.equal(exitCode, 1);
  assert.match(errors.join(), /^network\/proxy-[a-z]+$/);
  assert.match(findings.get(errors.join()) ?? '', detail);
}
