import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { CATALOGUE } from '../../src/catalogue.ts';
import { runStep, type StepResult } from '../runner/action-runner.ts';
import { OWN_COMMANDS, withoutMasks } from '../runner/printed.ts';
import { seededRandom } from '../secrecy/random-secrets.ts';
import { playCommand } from './command.ts';
import { arrange, type HostilePlace, PLACES, textOf } from './hostile-places.ts';
import { foreignCharacters, foreignCommands, leaksIn } from './judge.ts';
import {
  GITHUB_TOKEN,
  inputsOf,
  isWrittenToByNode,
  type LeakLab,
  MODES,
  type Played,
  secretsToLookFor,
  type Turn,
} from './leak-lab.ts';
import { placesOf } from './left-behind.ts';
import { nextSecret } from './secrets.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const EXPORTED = ['FLYTE_API_KEY', 'FLYTE_DISABLE_SENTRY', 'SSL_CERT_FILE'];
const OUTPUTS = Object.keys(
  (parse(readFileSync(path.join(ROOT, 'action.yml'), 'utf8')) as { outputs: Record<string, unknown> }).outputs,
);

/** One process, or two where the post step follows, of one seed. @returns how many, and what went wrong */
export async function playSpawned(seed: number, lab: LeakLab): Promise<Played> {
  const random = seededRandom(seed);
  // No environment can hold a NUL.
  const clientSecret = nextSecret(random).replaceAll('\0', '');
  const [play, turn] = playOf(seed);
  const { processes, faults } = await play({ turn, seed, clientSecret, lab, random });
  return { processes, faults: faults.map((fault) => `seed ${seed}: ${fault}`) };
}

/** Of ten seeds, four are for the main action, five for the command and one for the reminder. */
function playOf(seed: number): readonly [play: typeof playMain, turn: number] {
  const [ten, kind] = [Math.floor(seed / 10), seed % 10];
  return kind < 4 ? [playMain, ten * 4 + kind] : kind < 9 ? [playCommand, ten * 5 + kind - 4] : [playReminder, ten];
}

function placeOf(turn: number): HostilePlace {
  return PLACES[turn % PLACES.length] as HostilePlace;
}

async function playMain({ turn, seed, clientSecret, lab, random }: Turn): Promise<Played> {
  const place = placeOf(turn);
  arrange(place, textOf(seed, clientSecret, lab, random), lab);
  const environment = MODES[Math.floor(random() * MODES.length)] ?? {};
  const inputs = { ...inputsOf(lab, clientSecret), verify: place.verify };
  const main = await runStep({ actionDirectory: ROOT, step: 'main', inputs, environment });
  const named = (faults: readonly string[]): string[] => faults.map((fault) => `${place.name}: ${fault}`);
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
      return { processes: 1, faults: named(faults) };
    }
    const post = await runStep({ actionDirectory: ROOT, step: 'post', inputs, environment, previous: main });
    return { processes: 2, faults: named([...faults, ...faultsOf(post, clientSecret, lab, environment)]) };
  } finally {
    await main.cleanUp();
  }
}

/** An overdue key, so that there is an issue to write. */
async function playReminder({ turn, seed, clientSecret, lab, random }: Turn): Promise<Played> {
  arrange(placeOf(turn), textOf(seed, clientSecret, lab, random), lab);
  const environment = { GITHUB_API_URL: lab.github.apiUrl };
  const result = await runStep({
    actionDirectory: path.join(ROOT, 'rotation-reminder'),
    step: 'main',
    inputs: {
      ...inputsOf(lab, clientSecret),
      name: `key-${seed}`,
      'github-token': GITHUB_TOKEN,
      'rotated-at': '2020-01-01',
    },
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
    ...(result.stderr === '' || isWrittenToByNode(environment) ? [] : ['standard error']),
    ...(errors.length === (result.exitCode === 0 ? 0 : 1) ? [] : [`${errors.length} annotations of errors`]),
    ...codes.filter((code) => !Object.hasOwn(CATALOGUE, code)).map((code) => `the unknown code ${code}`),
    ...(result.hasTimedOut ? ['it did not end'] : []),
  ];
}
