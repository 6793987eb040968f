import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { CATALOGUE } from '../../src/catalogue.ts';
import { call } from '../cli/command-line.ts';
import type { Answer } from '../lab/answers.ts';
import type { CertificateAuthority } from '../lab/certificates.ts';
import { type ScriptedDeployment, startDeployment } from '../lab/deployment.ts';
import { type GitHub, startGitHub } from '../lab/github/github.ts';
import { runStep, type StepResult } from '../runner/action-runner.ts';
import { OWN_COMMANDS, withoutMasks } from '../runner/printed.ts';
import { type Random, seededRandom } from '../secrecy/random-secrets.ts';
import { COMMAND_CASES, hostileText } from './hostile-text.ts';
import { canBeLookedFor, foreignCharacters, foreignCommands, leaksIn } from './judge.ts';
import { nextSecret } from './secrets.ts';

/** What prints a signature prints its beginning, and each window of a long one costs time. */
const LOOKED_FOR_OF_A_SIGNATURE = 40;

const ROOT = path.join(import.meta.dirname, '../..');
const TOKEN = 'ghs_token-of-the-leak-suite-0123456789';
const EXPORTED = ['FLYTE_API_KEY', 'FLYTE_DISABLE_SENTRY', 'SSL_CERT_FILE'];
const OUTPUTS = Object.keys(
  (parse(readFileSync(path.join(ROOT, 'action.yml'), 'utf8')) as { outputs: Record<string, unknown> }).outputs,
);

/** Ways in which a job is looked at more closely than usual. */
const MODES: readonly Readonly<Record<string, string>>[] = [
  {},
  { RUNNER_DEBUG: '1', ACTIONS_STEP_DEBUG: 'true' },
  { NODE_OPTIONS: '--report-uncaught-exception --report-on-fatalerror --report-on-signal' },
  { NODE_OPTIONS: '--trace-uncaught --trace-warnings --trace-exit' },
  { NODE_DEBUG: 'http,https,tls,net,stream,fetch,undici' },
];

export interface LeakLab {
  readonly deployment: ScriptedDeployment;
  readonly github: GitHub;
  /** The signatures of the tokens that were given since the last run began: the rest of a token is no credential. */
  readonly issued: string[];
  stop(): Promise<void>;
}

export async function startLeakLab(authority: CertificateAuthority): Promise<LeakLab> {
  const deployment = await startDeployment({ provider: 'scripted', authority });
  const github = await startGitHub({ authority, requests: [], now: Date.now });
  github.addToken(TOKEN);
  github.repository();
  return {
    deployment,
    github,
    issued: [],
    stop: async () => void (await Promise.all([deployment.stop(), github.stop()])),
  };
}

/** What the token endpoint answers, with a hostile text where it can stand. */
const ANSWERS: readonly ((text: string, lab: ScriptedDeployment) => Promise<Answer> | Answer)[] = [
  (text) => ({ status: 400, body: { error: 'invalid_scope', error_description: text, trace_id: text } }),
  (text) => ({ status: 401, body: { error: 'invalid_client', error_description: text, error_uri: text } }),
  (text) => ({ status: 403, body: { error: text, errorSummary: text } }),
  (text) => ({ status: 200, headers: { 'content-type': 'text/html' }, body: `<title>${text}</title>${text}` }),
  (text) => ({ status: 500, body: text }),
  (text) => ({ body: { error: text } }),
  (text) => ({ body: { access_token: 'x'.repeat(40), token_type: text, expires_in: 60 } }),
  async (text, { signToken }) => ({ body: granted(await signToken({ sub: text, identitytype: text, aud: text })) }),
  async (text, { signToken }) => ({ body: granted(await signToken({ iss: text, scp: [text] }, { kid: text })) }),
  async (text, { signToken }) => ({ body: { ...granted(await signToken()), scope: text, note: text } }),
  async (_text, { signToken }) => ({ body: granted(await signToken()) }),
  () => ({ reset: true }),
];

export const KINDS_OF_ANSWERS = ANSWERS.length;

function granted(token: string): object {
  return { access_token: token, token_type: 'Bearer', expires_in: 3600, scope: 'all' };
}

/** One process, or two where the post step follows, of one seed. @returns how many, and what went wrong */
export async function playSpawned(seed: number, lab: LeakLab): Promise<{ processes: number; faults: string[] }> {
  const random = seededRandom(seed);
  // No environment can hold a NUL.
  const clientSecret = nextSecret(random).replaceAll('\0', '');
  const kind = seed % 10;
  const play = kind < 7 ? playMain : kind < 9 ? playCommand : playReminder;
  const { processes, faults } = await play(seed, clientSecret, lab, random);
  return { processes, faults: faults.map((fault) => `seed ${seed}: ${fault}`) };
}

function contextOf({ domain, clientId }: ScriptedDeployment) {
  return { domain, clientId, org: '' };
}

function arrange(seed: number, secret: string, { deployment, issued }: LeakLab, random: Random): void {
  const command = COMMAND_CASES[seed % COMMAND_CASES.length] ?? '';
  const text = hostileText(random, secret, contextOf(deployment), command);
  const answer = ANSWERS[Math.floor(seed / 10) % ANSWERS.length];
  issued.length = 0;
  deployment.provider.on('POST', deployment.provider.paths.token, async () => {
    const given = (await answer?.(text, deployment)) ?? {};
    issued.push(...signaturesIn(given));
    return given;
  });
}

/** @returns that of the access token, where an answer has one that is signed */
function signaturesIn({ body }: Answer): string[] {
  const token = typeof body === 'object' && 'access_token' in body ? String(body.access_token) : '';
  const signature = token.split('.')[2];
  return signature === undefined ? [] : [signature.slice(0, LOOKED_FOR_OF_A_SIGNATURE)];
}

function inputsOf({ deployment, github }: LeakLab, clientSecret: string): Record<string, string> {
  return {
    domain: deployment.domain,
    'client-id': deployment.clientId,
    'client-secret': clientSecret,
    'ca-certificates': deployment.certificateAuthorityPem,
    'connect-to': [...deployment.connectTo, github.connectTo].join('\n'),
    retries: '0',
  };
}

async function playMain(seed: number, clientSecret: string, lab: LeakLab, random: Random) {
  arrange(seed, clientSecret, lab, random);
  const environment = MODES[Math.floor(seed / 7) % MODES.length] ?? {};
  const inputs = inputsOf(lab, clientSecret);
  const main = await runStep({ actionDirectory: ROOT, step: 'main', inputs, environment });
  try {
    const faults = faultsOf(main, clientSecret, lab, environment);
    const names = Object.keys(main.exportedEnvironment).toSorted((left, right) => (left < right ? -1 : 1));
    const expected = main.exitCode === 0 ? EXPORTED : [];
    if (names.join() !== expected.join()) {
      faults.push(`exported ${names.join()} and not ${expected.join()}`);
    }
    const others = Object.keys(main.outputs).filter((name) => !OUTPUTS.includes(name));
    faults.push(...others.map((name) => `the output ${name}`));
    if (main.exitCode !== 0) {
      return { processes: 1, faults };
    }
    const post = await runStep({ actionDirectory: ROOT, step: 'post', inputs, environment, previous: main });
    return { processes: 2, faults: [...faults, ...faultsOf(post, clientSecret, lab, environment)] };
  } finally {
    await main.cleanUp();
  }
}

/** An overdue key, so that there is an issue to write. */
async function playReminder(seed: number, clientSecret: string, lab: LeakLab, random: Random) {
  arrange(seed, clientSecret, lab, random);
  const environment = { GITHUB_API_URL: lab.github.apiUrl };
  const result = await runStep({
    actionDirectory: path.join(ROOT, 'rotation-reminder'),
    step: 'main',
    inputs: { ...inputsOf(lab, clientSecret), name: `key-${seed}`, 'github-token': TOKEN, 'rotated-at': '2020-01-01' },
    environment,
    eventName: 'schedule',
  });
  try {
    // Those of former runs were looked at after them.
    const issues = lab.github
      .repository()
      .issues.splice(0)
      .flatMap(({ title, body, comments }) => [title, body, ...comments.map((one) => one.body)]);
    return {
      processes: 1,
      faults: [
        ...faultsOf(result, clientSecret, lab, environment),
        ...leaksIn({ issues: issues.join('\n') }, secretsToLookFor(clientSecret, lab)),
      ],
    };
  } finally {
    await result.cleanUp();
  }
}

interface Call {
  readonly args: readonly string[];
  readonly input: 'key' | 'secret' | 'answer';
  /** The file that is to hold the key, and no other. */
  readonly asked?: string;
}

const CALLS: readonly Call[] = [
  { args: ['check'], input: 'key' },
  { args: ['check', '--json'], input: 'key' },
  { args: ['key', 'encode', '--output', 'key.txt'], input: 'secret', asked: 'key.txt' },
  { args: ['key', 'inspect'], input: 'key' },
  { args: ['key', 'inspect', '--json'], input: 'key' },
  { args: ['key', 'hash'], input: 'secret' },
  { args: ['explain'], input: 'answer' },
  { args: ['config', 'flytekit'], input: 'key' },
];

/** The command, given what is secret on its standard input. */
async function playCommand(seed: number, clientSecret: string, lab: LeakLab, random: Random) {
  arrange(seed, clientSecret, lab, random);
  const { deployment } = lab;
  const { domain, clientId } = deployment;
  const folder = await mkdtemp(path.join(tmpdir(), 'leaks-'));
  try {
    // Moved on by one each time that all answers were had, so that each call meets each of them.
    const turn = Math.floor(seed / 10);
    const chosen = CALLS[(turn + Math.floor(turn / ANSWERS.length)) % CALLS.length] as Call;
    const { args, asked } = chosen;
    const key = Buffer.from(`${domain}:${clientId}:${clientSecret}:`).toString('base64');
    const reach = ['--ca-certificates', deployment.certificateAuthorityPem, '--retries', '0'];
    const fields = ['--domain', domain, '--client-id', clientId];
    const more =
      args[0] === 'check'
        ? [...reach, ...deployment.connectTo.flatMap((one) => ['--connect-to', one])]
        : args[1] === 'encode'
          ? fields
          : [];
    const answer = JSON.stringify({ error: 'invalid_client', error_description: key });
    const input = { key, secret: clientSecret, answer }[chosen.input];
    const { stdout, stderr, status } = await call([...args, ...more], input, {}, folder);
    const places = { stdout, stderr, files: textsBelow(folder, asked) };
    return {
      processes: 1,
      faults: [
        // What is explained has no key that could be known: the text is shown as it was given, but cut and filtered.
        ...(chosen.input === 'answer' ? [] : leaksIn(places, secretsToLookFor(clientSecret, lab))),
        ...foreignCommands(stdout, []),
        ...foreignCharacters(stdout + stderr),
        ...([0, 1, 2].includes(status ?? -1) ? [] : [`exit code ${status}`]),
      ],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function secretsToLookFor(clientSecret: string, { deployment: { domain, clientId }, issued }: LeakLab): string[] {
  return [...(canBeLookedFor(clientSecret, [domain, clientId]) ? [clientSecret.trim()] : []), ...issued, TOKEN];
}

/** Everything that a step leaves behind, before anything is masked. */
export function placesOf(result: StepResult): Record<string, string> {
  const { 'api-key': _key, ...outputs } = result.outputs;
  const { FLYTE_API_KEY: _exported, ...exported } = result.exportedEnvironment;
  return {
    stdout: withoutMasks(result.stdout),
    stderr: result.stderr,
    summary: result.rawSummary,
    outputs: JSON.stringify(outputs),
    state: JSON.stringify(result.state),
    exported: JSON.stringify(exported),
    files:
      textsBelow(result.workspace) +
      textsBelow(result.folders.home) +
      textsBelow(result.runnerTemp, '_runner_file_commands'),
  };
}

function faultsOf(
  result: StepResult,
  clientSecret: string,
  lab: LeakLab,
  environment: Readonly<Record<string, string>>,
): string[] {
  const errors = result.annotations.filter(({ level }) => level === 'error');
  const codes = errors.map(({ message }) => message.split(': ', 1)[0] ?? '');
  return [
    ...leaksIn(placesOf(result), secretsToLookFor(clientSecret, lab)),
    ...foreignCommands(result.stdout, OWN_COMMANDS),
    ...foreignCharacters(withoutMasks(result.stdout) + result.rawSummary),
    // Node itself writes there for some of its options, and none of it may be a secret: that is looked for above.
    ...(result.stderr !== '' && Object.keys(environment).every((name) => !name.startsWith('NODE_'))
      ? ['standard error']
      : []),
    ...(errors.length === (result.exitCode === 0 ? 0 : 1) ? [] : [`${errors.length} annotations of errors`]),
    ...codes.filter((code) => !Object.hasOwn(CATALOGUE, code)).map((code) => `the unknown code ${code}`),
    ...(result.hasTimedOut ? ['it did not end'] : []),
  ];
}

/** What stands in the files of a folder, but for those of the runner. */
function textsBelow(folder: string, except?: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && (except === undefined || !path.join(entry.parentPath, entry.name).includes(except)),
    )
    .map((entry) => `${entry.name}\n${readFileSync(path.join(entry.parentPath, entry.name), 'utf8')}\n`)
    .join('');
}
