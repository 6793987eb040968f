import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { keyOf } from '../e2e/keys.ts';
import { authority } from '../e2e/scenario.ts';
import { temporaryFolder, writtenFile } from '../e2e/temporary.ts';
import { type Deployment, startDeployment } from '../lab/deployment.ts';
import { findLeak } from '../runner/leak-oracle.ts';
import { call, reachOf } from './command-line.ts';

const folder = temporaryFolder();
/** Often enough to see a process that lives as long as a shell does. */
const LOOK_MILLISECONDS = 5;
let lab: Deployment;
let reach: string[];
beforeAll(async () => {
  lab = await startDeployment({ authority: await authority() });
  reach = reachOf(lab, writtenFile(folder, 'authority.pem', lab.certificateAuthorityPem));
});
afterAll(() => lab.stop());

interface Use {
  readonly command: string;
  readonly args: () => readonly string[];
  /** On standard input, or in this variable. */
  readonly secret: 'input' | 'FLYTE_API_KEY' | 'CLIENT_SECRET';
  readonly isClientSecret?: true;
  /** The file that is to hold a key, and no other. */
  readonly asked?: string;
}

/** One app, whose secret is in CLIENT_SECRET. */
const DESCRIPTION = `domain: union.example.test
issuer: https://login.example.test/oauth2/default
token-url: https://login.example.test/oauth2/default/token
secret-store:
  name: vault
apps:
  operator:
    client-id: ci-client
    client-secret-env: CLIENT_SECRET
    secret-store-key: union/operator
`;

const FIELDS = ['--domain', 'union.example.test', '--client-id', 'ci-client'];
const USES: readonly Use[] = [
  { command: 'check', args: () => reach, secret: 'FLYTE_API_KEY' },
  { command: 'check', args: () => [...reach, '--json'], secret: 'input' },
  { command: 'check', args: () => [...reach, ...FIELDS], secret: 'CLIENT_SECRET', isClientSecret: true },
  { command: 'explain', args: () => [], secret: 'input' },
  {
    command: 'key encode',
    args: () => [...FIELDS, '--output', 'key.txt'],
    secret: 'input',
    isClientSecret: true,
    asked: 'key.txt',
  },
  {
    command: 'key encode',
    args: () => [...FIELDS, '--json', '--output', 'key.txt'],
    secret: 'CLIENT_SECRET',
    isClientSecret: true,
    asked: 'key.txt',
  },
  { command: 'key inspect', args: () => [], secret: 'input' },
  { command: 'config', args: () => ['flytekit'], secret: 'FLYTE_API_KEY' },
  {
    command: 'config',
    args: () => ['flytekit', '--exports-file', 'exports.env'],
    secret: 'input',
    asked: 'exports.env',
  },
  { command: 'key hash', args: () => [], secret: 'input', isClientSecret: true },
  { command: 'doctor', args: () => ['deployment.yaml', ...reach], secret: 'CLIENT_SECRET', isClientSecret: true },
  {
    command: 'doctor',
    args: () => ['deployment.yaml', '--render', 'secrets'],
    secret: 'CLIENT_SECRET',
    isClientSecret: true,
  },
  {
    command: 'doctor',
    args: () => ['deployment.yaml', '--render', 'secrets', '--with-values', '--output', 'secrets.yaml'],
    secret: 'CLIENT_SECRET',
    isClientSecret: true,
    asked: 'secrets.yaml',
  },
  { command: 'token judge', args: () => ['--allowed-audience', 'https://union.example.test'], secret: 'input' },
  { command: 'rotation status', args: () => ['--name', 'ci', '--rotated-at', '2026-01-01'], secret: 'FLYTE_API_KEY' },
  {
    command: 'rotation remind',
    args: () => [...reach, '--name', 'ci', '--rotated-at', '2026-01-01'],
    secret: 'FLYTE_API_KEY',
  },
  { command: 'rotation stamp', args: () => [], secret: 'input' },
];

/** The command lines of every process of this machine that can be read, as other users read them. */
function commandLines(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, 'latin1').replaceAll('\0', ' ');
      } catch {
        return '';
      }
    });
}

function filesIn(place: string): string[] {
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

describe.skipIf(process.platform !== 'linux')('while a command runs, and after it', () => {
  it.each(USES)(
    '$command leaves no secret behind ($secret)',
    async ({ command, args, secret, isClientSecret, asked }) => {
      const key = keyOf({ domain: lab.domain, clientId: lab.clientId, clientSecret: lab.clientSecret });
      const given = isClientSecret === true ? lab.clientSecret : key;
      const place = path.join(folder, `${command}-${secret}-${args().join('').length}`);
      writtenFile(place, 'home/.keep', '');
      const described = command === 'doctor' ? ['deployment.yaml'] : [];
      for (const name of described) {
        writtenFile(place, name, DESCRIPTION);
      }
      const seen = new Set<string>();
      const look = setInterval(() => {
        for (const line of commandLines()) {
          seen.add(line);
        }
      }, LOOK_MILLISECONDS);
      const called = await call(
        [...command.split(' '), ...args()],
        secret === 'input' ? given : '',
        {
          HOME: path.join(place, 'home'),
          TMPDIR: path.join(place, 'home'),
          XDG_CACHE_HOME: path.join(place, 'home'),
          ...(secret !== 'input' && { [secret]: given }),
        },
        place,
      ).finally(() => clearInterval(look));
      expect([0, 1, 2]).toContain(called.status);
      const ran = [...seen].filter((line) => line.includes('dist/cli/index.js'));
      expect(ran.length, 'the command itself was seen').toBeGreaterThan(0);
      for (const needle of [lab.clientSecret, key]) {
        expect([...seen].find((line) => findLeak(needle, line) !== undefined)).toBeUndefined();
        expect(findLeak(needle, called.stdout + called.stderr)).toBeUndefined();
        const holders = filesIn(place).filter((file) => findLeak(needle, readFileSync(file, 'utf8')) !== undefined);
        const unasked = holders.map((file) => path.relative(place, file)).filter((file) => file !== asked);
        expect(unasked).toEqual([]);
      }
      const left = filesIn(place).map((file) => path.relative(place, file));
      expect(new Set(left)).toEqual(new Set(['home/.keep', ...described, ...(asked === undefined ? [] : [asked])]));
    },
  );

  it('every command was looked at', () => {
    expect(new Set(USES.map(({ command }) => command))).toEqual(new Set(COMMANDS.map(({ name }) => name)));
  });
});
