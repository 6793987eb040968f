import assert from 'node:assert/strict';
import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { encodeUnchecked } from '../../../src/api-key/encode.ts';
import type { FindingCode } from '../../../src/catalogue.ts';
import { call, forEachOf } from '../../cli/command-line.ts';
import type { Proxy as LabProxy } from '../../e2e/proxy.ts';
import type { AnyLab } from '../../e2e/scenario.ts';
import { startDeployment } from '../../lab/deployment.ts';
import type { Counterpart } from '../suite.ts';
import { type RunOptions, startServer } from '../tools.ts';
import { FAILURES, type Failure, type FailureCommand } from './failure-list.ts';
import { type Ended, type FlyteProgram, OLDEST, runProgram } from './flyte-command.ts';
import { plainEnvironment, withLab, writeAuthority, writeProject } from './job.ts';

const COMMANDS: Readonly<Record<FailureCommand, readonly string[]>> = {
  whoami: ['whoami'],
  deploy: ['--config', 'config.yaml', 'deploy', '--copy-style', 'none', '--version', 'v1', 'hello.py', 'environment'],
};

/** What the client prints where something is wrong, and that `union-auth explain` names the right cause of it. */
export async function proveFailures(
  row: Counterpart,
  flyte: FlyteProgram,
  folder: string,
  commands: readonly FailureCommand[],
): Promise<void> {
  const tasks = FAILURES.flatMap((failure) => commands.map((command) => ({ failure, command })));
  await forEachOf(tasks, ({ failure, command }) =>
    row.case(`flyte ${command}: ${failure.name}`, async () => {
      await withLab(await failure.lab(), async (lab, proxy) => {
        const options = await optionsFor(lab, proxy, failure, folder);
        const ended = await runProgram(flyte.program, COMMANDS[command], {
          ...options,
          timeoutMilliseconds: PATIENCE_MILLISECONDS,
        });
        assert.ok(!ended.timedOut, `it did not end by itself: ${shortened(ended)}`);
        // Not always 1: an old release has died of a signal after it had said why.
        assert.notEqual(ended.exitCode, 0, `it ended with ${ended.exitCode}: ${shortened(ended)}`);
        const { text, oldText = text } = failure;
        await judge(ended, { ...failure, text: row.version === OLDEST.version ? oldText : text });
      });
    }),
  );
}

/** The address comes from elsewhere and the key is the empty text of a secret that does not exist. */
export async function proveHang(row: Counterpart, flyte: FlyteProgram, folder: string): Promise<void> {
  await row.case('flyte whoami: an empty key with an address waits for a browser', async () => {
    await withLab(await startDeployment(), async (lab, proxy) => {
      const options = await optionsFor(lab, proxy, { key: () => '' }, folder);
      const text = 'Please open the following link in your browser';
      let printedAt: number | undefined;
      // What ends before it is said to be ready is an error, so that it has to run on after the text.
      const isWaiting = (log: string): boolean => {
        printedAt ??= wordsOf(log).includes(text) ? performance.now() : undefined;
        return printedAt !== undefined && performance.now() - printedAt > WAITS_MILLISECONDS;
      };
      const { stop, log } = await startServer(flyte.program, ['--endpoint', lab.domain, 'whoami'], isWaiting, {
        ...options,
        timeoutMilliseconds: PATIENCE_MILLISECONDS,
      });
      await stop();
      await judge({ log: log(), text: wordsOf(log()) }, { text, code: 'event/secret-not-set' });
    });
  });
}

/** The first import of the client takes long on a machine that is busy. */
const PATIENCE_MILLISECONDS = 60_000;
const WAITS_MILLISECONDS = 3_000;

function wordsOf(log: string): string {
  return stripVTControlCharacters(log).replace(/\s+/g, ' ');
}

async function optionsFor(
  lab: AnyLab,
  proxy: LabProxy,
  { key, environment }: Pick<Failure, 'key' | 'environment'>,
  folder: string,
): Promise<RunOptions> {
  const { domain, clientId, clientSecret } = lab;
  const good = encodeUnchecked({ domain, clientId, clientSecret, org: '' });
  // Several run at once, each with a certificate authority of its own.
  const home = await mkdtemp(path.join(folder, 'failure-'));
  await writeProject(home);
  const exported = {
    FLYTE_API_KEY: key?.(lab) ?? good,
    FLYTE_DISABLE_SENTRY: 'true',
    SSL_CERT_FILE: await writeAuthority(lab, home),
  };
  return { environment: { ...plainEnvironment(home, proxy), ...exported, ...environment }, cwd: home };
}

type Printed = Pick<Ended, 'log' | 'text'>;

async function judge(
  ended: Printed,
  { text, code, isSharedText }: Pick<Failure, 'text' | 'code' | 'isSharedText'>,
): Promise<void> {
  assert.ok(ended.text.includes(text), `it printed another text: ${shortened(ended)}`);
  const explained = await call(['explain', '--json'], ended.log);
  assert.equal(explained.status, 0, explained.stderr);
  const { finding, others } = JSON.parse(explained.stdout) as { finding: { code: FindingCode }; others: FindingCode[] };
  const named = isSharedText ? [finding.code, ...others] : [finding.code];
  assert.ok(named.includes(code), `explain names ${named.join(', ')} in place of ${code}: ${shortened(ended)}`);
}

/** What it printed, without the frames of a traceback. */
function shortened({ text }: Printed): string {
  return text.replace(/ File ".*/, '').slice(-300);
}
