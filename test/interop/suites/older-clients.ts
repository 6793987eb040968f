import path from 'node:path';
import { proveKeyDecoding } from '../flyte-clients/key-decoding.ts';
import { proveFlytectl, proveFlytekit, proveUnion } from '../older-clients/sign-in.ts';
import type { Suite, Workbench } from '../suite.ts';
import { ownGoProgram, pythonEnvironment } from '../tools.ts';

const FLYTEKIT = '1.16.31';
const FLYTECTL = '0.9.8';
const UNION = '0.1.204';

export const suite: Suite = {
  name: 'older-clients',
  title: 'flytekit, flytectl and the union SDK',
  async run(bench) {
    await bench.attempt('flytekit', async () => {
      const python = await installFlytekit(bench);
      await proveFlytekit(bench.counterpart('flytekit (PyPI)', FLYTEKIT), python, bench.temporary);
    });
    await bench.attempt('flytectl', async () => {
      // The control plane that it meets is made of the definitions that come with flytekit.
      const python = await installFlytekit(bench);
      const source = path.join(import.meta.dirname, '../older-clients/flytectl');
      const flytectl = await ownGoProgram(bench.cache, source);
      const row = bench.counterpart('flytectl (Go module)', FLYTECTL);
      row.note('its own code, built by a go.mod of ours: `go install` refuses its replace directives');
      await proveFlytectl(row, python, flytectl, bench.temporary);
    });
    await bench.attempt('union', async () => {
      const programs = await pythonEnvironment(bench.cache, 'union', [`union==${UNION}`]);
      const row = bench.counterpart('union (PyPI)', UNION);
      // As for flytectl.
      const python = await installFlytekit(bench);
      await proveUnion(row, python, path.join(programs, 'python'), bench.temporary);
      await proveKeyDecoding(row, 'union-sdk', path.join(programs, 'python'), 'decode_union_sdk.py');
    });
  },
};

async function installFlytekit(bench: Workbench): Promise<string> {
  return path.join(await pythonEnvironment(bench.cache, 'flytekit', [`flytekit==${FLYTEKIT}`]), 'python');
}
