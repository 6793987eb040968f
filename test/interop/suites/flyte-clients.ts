import { proveConfigFile } from '../flyte-clients/config-file.ts';
import { proveFailures, proveHang } from '../flyte-clients/failures.ts';
import { type FlyteRelease, installFlyte, NEWEST, OLDEST } from '../flyte-clients/flyte-command.ts';
import { proveKeyAlone } from '../flyte-clients/key-alone.ts';
import { proveKeyDecoding } from '../flyte-clients/key-decoding.ts';
import { proveKeyEncoding } from '../flyte-clients/key-encoding.ts';
import { proveSignIn } from '../flyte-clients/sign-in.ts';
import { proveTokenRequests } from '../flyte-clients/token-requests.ts';
import { proveWrittenConfig } from '../flyte-clients/written-config.ts';
import type { Suite, Workbench } from '../suite.ts';

const UNION_PLUGIN = '0.19.1';

export const suite: Suite = {
  name: 'flyte-clients',
  title: 'The flyte client',
  async run(bench) {
    for (const release of [NEWEST, OLDEST]) {
      await bench.attempt(`flyte ${release.version}`, () => proveRelease(bench, release));
    }
    await bench.attempt('flyteplugins-union', () => provePlugin(bench));
  },
};

async function proveRelease(bench: Workbench, release: FlyteRelease): Promise<void> {
  const { version, packages, note } = release;
  const flyte = await installFlyte(bench.cache, packages);
  const row = bench.counterpart('flyte (PyPI)', version);
  if (note !== undefined) {
    row.note(note);
  }
  await proveSignIn(row, flyte);
  await proveKeyAlone(row, flyte, bench.temporary);
  await proveConfigFile(row, flyte, bench.temporary);
  await proveWrittenConfig(row, flyte);
  await proveTokenRequests(row, flyte);
  await proveFailures(row, flyte, bench.temporary, release === NEWEST ? ['whoami', 'deploy'] : ['whoami']);
  await proveHang(row, flyte, bench.temporary);
  await proveKeyDecoding(row, 'flyte-sdk', flyte.python, 'decode_flyte_sdk.py');
}

async function provePlugin(bench: Workbench): Promise<void> {
  const flyte = await installFlyte(bench.cache, [...NEWEST.packages, `flyteplugins-union==${UNION_PLUGIN}`]);
  const row = bench.counterpart('flyteplugins-union (PyPI)', UNION_PLUGIN);
  await proveSignIn(row, flyte);
  await proveKeyEncoding(row, flyte.python);
}
