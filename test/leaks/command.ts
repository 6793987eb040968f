import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Called, call } from '../cli/command-line.ts';
import type { Random } from '../secrecy/random-secrets.ts';
import { CALLS, type CommandCall, type Situation } from './calls.ts';
import { arrange, type HostilePlace, PLACES_OF_THE_COMMAND, signatureOf, textOf } from './hostile-places.ts';
import { hostileText } from './hostile-text.ts';
import { foreignCharacters, foreignCommands, leaksIn } from './judge.ts';
import { isWrittenToByNode, type LeakLab, MODES, type Played, secretsToLookFor, type Turn } from './leak-lab.ts';
import { textsBelow } from './left-behind.ts';

/** What it says where something happened that it does not know: nothing that it is answered may lead there. */
const CRASHED = 'union-auth failed in a way that it does not know';
/** How each line begins that the command itself writes to standard error. */
const OWN_LINE = new RegExp(`^(?:union-auth: |${CRASHED})`);

/** The calls follow each other. Each meets another place in each round, far from the last one, and so do neighbours. */
export function chosenAt(turn: number): { readonly chosen: CommandCall; readonly place: HostilePlace } {
  const [round, number] = [Math.floor(turn / CALLS.length), turn % CALLS.length];
  return {
    chosen: CALLS[number] as CommandCall,
    place: PLACES_OF_THE_COMMAND[(7 * round + 11 * number) % PLACES_OF_THE_COMMAND.length] as HostilePlace,
  };
}

/** One call of the command. */
export async function playCommand({ turn, seed, clientSecret, lab, random }: Turn): Promise<Played> {
  const { chosen, place } = chosenAt(turn);
  const text = textOf(seed, clientSecret, lab, random);
  const mode = MODES[Math.floor(random() * MODES.length)] ?? {};
  arrange(place, text, lab);
  const situation = { ...(await withToken(text, lab, random)), lab, clientSecret, verify: place.verify };
  chosen.arrange?.(situation);
  try {
    const made = await makeCall(chosen, situation, mode);
    const faults = [
      ...leaksIn({ ...made.places, issues: issuesOf(lab) }, secretsOf(chosen, situation)),
      ...faultsOfCall(made.called, chosen.own ?? [], mode),
      ...(made.called.stderr.includes(CRASHED) ? ['it crashed'] : []),
      ...(made.called.status === 0 && chosen.asked !== undefined && made.asked === undefined
        ? [`${chosen.asked} is not there`]
        : []),
    ];
    return { processes: 1, faults: faults.map((fault) => `${chosen.command}, ${place.name}: ${fault}`) };
  } finally {
    lab.gitlab.faults.length = 0;
  }
}

export interface MadeCall {
  readonly called: Called;
  readonly places: Readonly<Record<string, string>>;
  /** What stands in the file that is to hold a secret; undefined where there is none. */
  readonly asked: string | undefined;
}

/** In a folder of its own, with the files that it needs. @param program another file than the built one. */
export async function makeCall(
  { command, args, input, environment, files, asked }: CommandCall,
  situation: Situation,
  surroundings: Readonly<Record<string, string>>,
  program?: string,
): Promise<MadeCall> {
  const folder = await mkdtemp(path.join(tmpdir(), 'leaks-'));
  try {
    const given = files?.(situation) ?? {};
    for (const [name, content] of Object.entries(given)) {
      await writeFile(path.join(folder, name), content);
    }
    const words = [...command.split(' '), ...(args?.(situation) ?? [])];
    const variables = { ...environment?.(situation), ...surroundings };
    const called = await call(words, input?.(situation) ?? '', variables, folder, program);
    const expected = [...Object.keys(given), ...(asked === undefined ? [] : [asked])];
    const askedFile = path.join(folder, asked ?? '');
    return {
      called,
      places: { stdout: called.stdout, stderr: called.stderr, files: textsBelow(folder, expected) },
      asked: asked !== undefined && existsSync(askedFile) ? readFileSync(askedFile, 'utf8') : undefined,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What is to be judged: the text in the claims, and in the key set one that holds the signature. */
export async function withToken(
  text: string,
  { deployment }: LeakLab,
  random: Random,
): Promise<Pick<Situation, 'text' | 'token' | 'keySet'>> {
  const { domain, clientId, provider } = deployment;
  const claim = ['sub', 'iss', 'aud', 'identitytype', 'scp', 'preferred_username'][Math.floor(random() * 6)] ?? 'sub';
  const token = await deployment.signToken({ [claim]: text }, random() < 0.5 ? {} : { kid: text });
  const [signature = ''] = signatureOf(token);
  const kid =
    random() < 0.5 ? { kid: hostileText(random, signature, { domain, clientId, org: '' }, '::error::x') } : {};
  const keySet = JSON.stringify({ keys: [{ ...provider.publicJwks.keys[0], ...kid }] });
  return { text: text.replaceAll('\0', ''), token, keySet };
}

function secretsOf({ secrets }: CommandCall, { lab, clientSecret, token }: Situation): readonly string[] {
  return secrets === 'none' ? [] : secrets === 'signature' ? signatureOf(token) : secretsToLookFor(clientSecret, lab);
}

/** What a call may not do, whatever it is given. */
export function faultsOfCall(
  { stdout, stderr, status }: Called,
  own: readonly string[],
  mode: Readonly<Record<string, string>>,
): string[] {
  const lines = stderr.split('\n').filter((line) => line !== '');
  const ownLines = lines.filter((line) => OWN_LINE.test(line));
  return [
    ...foreignCommands(`${stdout}\n${stderr}`, own),
    ...foreignCharacters(stdout + (isWrittenToByNode(mode) ? ownLines.join('\n') : stderr)),
    ...(isWrittenToByNode(mode) || ownLines.length === lines.length ? [] : ['standard error']),
    ...([0, 1, 2].includes(status ?? -1) ? [] : [`exit code ${status}`]),
  ];
}

/** Those of former calls were looked at after them. */
export function issuesOf({ gitlab }: LeakLab): string {
  return gitlab.project.issues
    .splice(0)
    .flatMap(({ title, description, notes }) => [title, description, ...notes.map(({ body }) => body)])
    .join('\n');
}
