import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { FLYTE1_CHARTS } from '../../../src/deployment/deployment.ts';
import { hashInternalSecret } from '../../../src/deployment/render/internal-secret.ts';
import { ENTRA, flyte1, GENERIC, OKTA } from '../../deployment/descriptions.ts';
import { proveChart, unpackChart } from '../charts/flyte-charts.ts';
import { Skipped, type Suite } from '../suite.ts';
import { goProgram, need, ownGoProgram, run } from '../tools.ts';

const HELM = '3.17.3';
const FLYTE = '1.16.8';
const BCRYPT = '0.52.0';

const SECRETS = [undefined, 'foobar', 'x'.repeat(72), 'é'.repeat(36), '$2b$10$ "and" spaces'];

export const suite: Suite = {
  name: 'charts',
  title: 'Helm with the charts of Flyte 1, and the bcrypt of flyteadmin',
  async run(bench) {
    await bench.attempt('Helm', async () => {
      const helm = await goProgram(bench.cache, 'helm.sh/helm/v3/cmd/helm', `v${HELM}`);
      const charts = path.join(await moduleFolder('github.com/flyteorg/flyte', `v${FLYTE}`), 'charts');
      for (const name of FLYTE1_CHARTS) {
        const row = bench.counterpart(`${name} ${FLYTE} (Go module), with Helm`, HELM);
        const chart = unpackChart(charts, name, bench.temporary);
        for (const [provider, yaml] of Object.entries({ Okta: OKTA, 'Entra ID': ENTRA, generic: GENERIC })) {
          await row.case(`the values for ${provider} arrive in flyteadmin's configuration`, () =>
            proveChart(helm, chart, flyte1(yaml, name), bench.temporary),
          );
        }
      }
    });
    await bench.attempt('bcrypt', async () => {
      const program = await ownGoProgram(bench.cache, path.join(import.meta.dirname, '../charts/bcrypt'));
      const row = bench.counterpart('golang.org/x/crypto/bcrypt (Go module)', BCRYPT);
      await row.case('the hash of an internal client secret fits it, and no other', async () => {
        const hashed = SECRETS.map((secret) => hashInternalSecret(secret, randomBytes).hashed);
        const input = hashed.map(
          (each) => `${each?.hash}\t${each?.secret}\n${each?.hash}\t-${each?.secret.slice(1)}\n`,
        );
        const { stdout } = await run(program, [], { input: input.join('') });
        assert.deepEqual(
          stdout.trim().split('\n'),
          SECRETS.flatMap(() => ['true', 'false']),
        );
      });
    });
  },
};

/** The files of a Go module. @throws Skipped where it can't be fetched. */
async function moduleFolder(modulePath: string, version: string): Promise<string> {
  await need('go');
  const { stdout, exitCode } = await run('go', ['mod', 'download', '-json', `${modulePath}@${version}`], {
    timeoutMilliseconds: 300_000,
  });
  if (exitCode !== 0) {
    throw new Skipped(`${modulePath} can't be fetched`);
  }
  return (JSON.parse(stdout) as { Dir: string }).Dir;
}
