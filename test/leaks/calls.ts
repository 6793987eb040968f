import { keyOf } from '../e2e/keys.ts';
import { OWN_COMMANDS } from '../runner/printed.ts';
import { GITLAB_TOKEN, type LeakLab } from './leak-lab.ts';

/** What a call of the command is made of. */
export interface Situation {
  readonly lab: LeakLab;
  readonly clientSecret: string;
  /** Hostile, and without what no environment can hold. */
  readonly text: string;
  /** Signed by the provider of the lab, with the text in its claims. */
  readonly token: string;
  /** Of the token, with a text in it that holds the signature. */
  readonly keySet: string;
  /** How far it has to go. */
  readonly verify: 'token' | 'deployment';
}

export interface CommandCall {
  readonly command: string;
  readonly args?: (situation: Situation) => readonly string[];
  readonly input?: (situation: Situation) => string;
  readonly environment?: (situation: Situation) => Readonly<Record<string, string>>;
  /** What stands in its folder, by name. */
  readonly files?: (situation: Situation) => Readonly<Record<string, string>>;
  /** The file that is to hold a secret, and no other. */
  readonly asked?: string;
  /** The commands of a runner that it prints itself. */
  readonly own?: readonly string[];
  /**
   * Of what is explained nothing is known to be a secret: it is shown as it was given, but cut and filtered. Of a token
   * its claims are shown, so that its signature alone is one.
   */
  readonly secrets?: 'none' | 'signature';
  /** It is the call of its command that is also broken off at each await. */
  readonly isBrokenOff?: true;
  /** What else than the deployment is to answer with harm. */
  readonly arrange?: (situation: Situation) => void;
}

const clientSecret = (situation: Situation): string => situation.clientSecret;
const key = ({ lab: { deployment }, clientSecret: secret }: Situation): string =>
  keyOf({ domain: deployment.domain, clientId: deployment.clientId, clientSecret: secret });
const inEnvironment = (situation: Situation) => ({ FLYTE_API_KEY: key(situation) });
const fields = ({ lab: { deployment } }: Situation): string[] => [
  '--domain',
  deployment.domain,
  '--client-id',
  deployment.clientId,
];

function reach({ lab: { deployment, gitlab } }: Situation): string[] {
  const mappings = [...deployment.connectTo, `gitlab.test:443:127.0.0.1:${gitlab.port}`];
  return [
    ...['--ca-certificates', deployment.certificateAuthorityPem, '--retries', '0'],
    ...mappings.flatMap((mapping) => ['--connect-to', mapping]),
  ];
}

const trial = (situation: Situation): string[] => [...reach(situation), '--verify', situation.verify];
const CHECK = { command: 'check', args: trial, environment: inEnvironment } as const;

/** Every app, and each with the same secret. */
function describedDeployment({ lab: { deployment } }: Situation): Record<string, string> {
  const { domain, clientId, issuer, tokenEndpoint } = deployment;
  const app = { 'client-id': clientId, 'client-secret-env': 'CLIENT_SECRET', 'secret-store-key': 'union/app' };
  const confidential = ['browser-login', 'service-to-service', 'operator', 'eager', 'ci-cd'];
  const apps = { ...Object.fromEntries(confidential.map((name) => [name, app])), cli: { 'client-id': 'flytectl' } };
  const file = { domain, issuer, 'token-url': tokenEndpoint, 'secret-store': { name: 'vault' }, apps };
  return { 'deployment.yaml': JSON.stringify(file) };
}

const DOCTOR = {
  command: 'doctor',
  environment: (situation: Situation) => ({ CLIENT_SECRET: situation.clientSecret }),
  files: describedDeployment,
} as const;
const examine = (situation: Situation): string[] => ['deployment.yaml', ...trial(situation)];

const ROTATED = ['--name', 'ci', '--rotated-at', '2020-01-01'];
/** A list of keys, with one whose stamp is anything. */
const KEYS = {
  args: (situation: Situation) => ['--keys', 'keys.yml', '--json', ...reach(situation)],
  files: () => ({ 'keys.yml': '- name: staging\n  api-key: $STAGING_KEY\n  meta: $STAGING_META\n' }),
  environment: (situation: Situation) => ({ STAGING_KEY: key(situation), STAGING_META: situation.text }),
} as const;
const GITLAB = {
  command: 'rotation remind',
  args: (situation: Situation) => ['--tracker', 'gitlab', ...ROTATED, ...reach(situation)],
  environment: (situation: Situation) => ({
    ...inEnvironment(situation),
    GITLAB_CI: 'true',
    CI_API_V4_URL: situation.lab.gitlab.apiUrl,
    CI_PROJECT_PATH: situation.lab.gitlab.project.path,
    GITLAB_TOKEN,
  }),
} as const;

const JUDGE = {
  command: 'token judge',
  input: ({ token }: Situation) => token,
  files: ({ keySet }: Situation) => ({ 'keys.json': keySet }),
  secrets: 'signature',
} as const;
const judged = ({ lab: { deployment } }: Situation): string[] => [
  ...['--allowed-audience', deployment.audience, '--issuer', deployment.issuer],
  ...['--key-set-file', 'keys.json'],
];

/** Each command, in each form of what it prints, and with each way to give it what is secret. */
export const CALLS: readonly CommandCall[] = [
  { ...CHECK, environment: () => ({}), input: key },
  { ...CHECK, args: (situation) => [...trial(situation), '--json'] },
  { ...CHECK, args: (situation) => [...trial(situation), ...fields(situation)], environment: DOCTOR.environment },
  { ...CHECK, args: (situation) => [...trial(situation), '--junit', 'report.xml'] },
  {
    ...CHECK,
    args: (situation) => [...trial(situation), '--exports-file', 'exports.env'],
    asked: 'exports.env',
    isBrokenOff: true,
  },
  {
    ...CHECK,
    environment: (situation) => ({ ...inEnvironment(situation), GITHUB_ACTIONS: 'true' }),
    own: OWN_COMMANDS,
  },
  { command: 'explain', input: (situation) => refusal(key(situation)), secrets: 'none' },
  {
    command: 'explain',
    args: () => ['--json'],
    input: ({ text }) => refusal(text),
    secrets: 'none',
    isBrokenOff: true,
  },
  {
    command: 'key encode',
    args: (situation) => [...fields(situation), '--output', 'key.txt'],
    input: clientSecret,
    asked: 'key.txt',
    isBrokenOff: true,
  },
  {
    command: 'key encode',
    args: (situation) => [...fields(situation), '--for', 'eager', '--json', '--output', 'key.txt'],
    environment: DOCTOR.environment,
    asked: 'key.txt',
  },
  { command: 'key inspect', input: key, isBrokenOff: true },
  { command: 'key inspect', args: () => ['--json'], input: key },
  { command: 'key hash', input: clientSecret, isBrokenOff: true },
  { ...JUDGE, args: judged, isBrokenOff: true },
  { ...JUDGE, args: (situation) => [...judged(situation), '--json'] },
  { ...JUDGE, args: (situation) => [...judged(situation), '--control-plane', 'flyte1'] },
  { command: 'config', args: () => ['flytekit'], input: key },
  { command: 'config', args: () => ['flytectl', '--output', 'flytectl.yaml'], environment: inEnvironment },
  {
    command: 'config',
    args: () => ['union', '--exports-file', 'exports.env', '--json'],
    input: key,
    asked: 'exports.env',
    isBrokenOff: true,
  },
  { ...DOCTOR, args: examine, isBrokenOff: true },
  { ...DOCTOR, args: (situation) => [...examine(situation), '--json'] },
  { ...DOCTOR, args: (situation) => [...examine(situation), '--html', 'report.html'] },
  { ...DOCTOR, args: () => ['deployment.yaml', '--render', 'secrets'] },
  {
    ...DOCTOR,
    args: () => ['deployment.yaml', '--render', 'secrets', '--with-values', '--output', 'secrets.yaml'],
    asked: 'secrets.yaml',
  },
  {
    command: 'rotation status',
    args: (situation) => [...ROTATED, ...reach(situation)],
    environment: (situation) => ({ ...inEnvironment(situation), FLYTE_API_KEY_META: situation.text }),
  },
  { ...KEYS, command: 'rotation status', isBrokenOff: true },
  { command: 'rotation remind', args: (situation) => [...ROTATED, ...reach(situation)], environment: inEnvironment },
  { ...KEYS, command: 'rotation remind' },
  { ...GITLAB, isBrokenOff: true },
  {
    ...GITLAB,
    arrange: ({ lab: { gitlab }, text }) =>
      gitlab.faults.push({ matches: /./, answer: { status: 403, body: { message: text, error: text } } }),
  },
  { command: 'rotation stamp', input: key, isBrokenOff: true },
  { command: 'rotation stamp', args: () => ['--json'], input: clientSecret },
];

function refusal(text: string): string {
  return JSON.stringify({ error: 'invalid_client', error_description: text });
}
