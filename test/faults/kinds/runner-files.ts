import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { preload } from '../../e2e/preload.ts';
import type { Arranged, FaultCase } from '../fault-case.ts';
import { type Ending, fails, passes, STEPS, type Step, warns } from '../steps.ts';

/** Takes every byte, and says that the disk is full. */
const FULL_DEVICE = '/dev/full';
const NEEDED = ['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_STATE'] as const;
const SUMMARY_LOST = 'The job summary could not be written.';

/** Where nothing happens on the network, any step will do; the reminder has files of its own. */
const MAIN: Step = { ...STEPS.token, name: 'token' };

const FS = "import fs from 'node:fs'; import { syncBuiltinESMExports } from 'node:module';";

/** The disk is full from the n-th piece on that goes into a file: its bytes go to a device that is full. */
function fullFrom(name: string, piece: number): Record<string, string> {
  return preload(`${FS}
    const append = fs.appendFileSync;
    let written = 0;
    fs.appendFileSync = (file, ...rest) =>
      append(file === process.env.${name} && ++written >= ${piece} ? '${FULL_DEVICE}' : file, ...rest);
    syncBuiltinESMExports();`);
}

/** A file system that was mounted again for reading only, as after a fault of its disk: nobody is asked for rights. */
function unwritable(name: string, code: string): Record<string, string> {
  return preload(`${FS}
    const append = fs.appendFileSync;
    fs.appendFileSync = (file, ...rest) => {
      if (file === process.env.${name}) {
        throw Object.assign(new Error('${code}: open'), { code: '${code}', syscall: 'open', path: file });
      }
      append(file, ...rest);
    };
    syncBuiltinESMExports();`);
}

type Place = (folder: string) => string;

const UNUSABLE: Readonly<Record<string, Place>> = {
  'is empty': () => '',
  'is relative': () => 'set_env_file',
  'is a folder': (folder) => folder,
  'is a file that is not there': (folder) => path.join(folder, 'nothing'),
  'is the device of a full disk': () => FULL_DEVICE,
  'is a link to that device'(folder) {
    const link = path.join(folder, 'link');
    symlinkSync(FULL_DEVICE, link);
    return link;
  },
};

function placed(name: string, place: Place): () => Arranged {
  return () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'union-auth-faults-'));
    return { environment: { [name]: place(folder) }, stop: remove(folder) };
  };
}

function remove(folder: string): () => Promise<void> {
  return async () => rmSync(folder, { recursive: true, force: true });
}

function fileCase(title: string, ending: Ending, more: Partial<FaultCase>): FaultCase {
  return { kind: 'runner-files', step: MAIN, title, ending, ...more };
}

const hasFullDevice = existsSync(FULL_DEVICE);
const fullDisk = (...cases: FaultCase[]): FaultCase[] => (hasFullDevice ? cases : []);

/** In a folder that is a file nothing can be made, whoever asks. */
function brokenTemporaryFolder(): Arranged {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'union-auth-faults-'));
  const file = path.join(folder, 'a-file');
  writeFileSync(file, '');
  return { environment: { RUNNER_TEMP: file }, stop: remove(folder) };
}

function takenConfigFile(): Arranged {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'union-auth-faults-'));
  const file = path.join(folder, 'config.yaml');
  mkdirSync(file);
  return { inputs: { 'config-file': file }, stop: remove(folder) };
}

/** How many outputs the step has before the one that holds the key. */
const PIECES = [1, 2, 3, 12];

/** What the runner gives to every step can't be read or written. */
export const RUNNER_FILE_CASES: readonly FaultCase[] = [
  ...NEEDED.flatMap((name) =>
    Object.entries(UNUSABLE)
      .filter(([title]) => hasFullDevice || !title.includes('device'))
      .map(([title, place]) =>
        fileCase(`${name} ${title}`, fails('runner/file-missing'), { arrange: placed(name, place) }),
      ),
  ),
  ...NEEDED.map((name) =>
    fileCase(`${name} ${Object.keys(UNUSABLE)[0] ?? ''}, for the reminder`, fails('runner/file-missing'), {
      step: STEPS.reminder,
      arrange: placed(name, () => ''),
    }),
  ),
  ...fullDisk(
    ...PIECES.map((piece) =>
      fileCase(`the disk is full at output ${piece}`, fails('runner/file-not-written'), {
        environment: fullFrom('GITHUB_OUTPUT', piece),
      }),
    ),
    ...[1, 2, 3].map((piece) =>
      fileCase(`the disk is full at export ${piece}`, fails('runner/file-not-written'), {
        environment: fullFrom('GITHUB_ENV', piece),
      }),
    ),
    fileCase('the disk is full at the state', fails('runner/file-not-written'), {
      environment: fullFrom('GITHUB_STATE', 1),
    }),
    fileCase('the disk is full at an output of the reminder', fails('runner/file-not-written'), {
      step: STEPS.reminder,
      environment: fullFrom('GITHUB_OUTPUT', 3),
    }),
    fileCase('the disk is full at the summary', passes(SUMMARY_LOST), {
      environment: { GITHUB_STEP_SUMMARY: FULL_DEVICE },
    }),
    fileCase('the disk is full at the summary of the reminder', passes(SUMMARY_LOST), {
      step: STEPS.reminder,
      environment: { GITHUB_STEP_SUMMARY: FULL_DEVICE },
    }),
  ),
  ...['EROFS', 'EACCES', 'EPERM', 'EIO', 'EDQUOT'].flatMap((code) => [
    fileCase(`writing an output ends with ${code}`, fails('runner/file-not-written'), {
      environment: unwritable('GITHUB_OUTPUT', code),
    }),
    fileCase(`writing an export ends with ${code}`, fails('runner/file-not-written'), {
      environment: unwritable('GITHUB_ENV', code),
    }),
  ]),
  fileCase('the summary is a folder', passes(SUMMARY_LOST), {
    arrange: placed('GITHUB_STEP_SUMMARY', (folder) => folder),
  }),
  fileCase('there is no summary', passes(SUMMARY_LOST), { environment: { GITHUB_STEP_SUMMARY: '' } }),
  fileCase('RUNNER_TEMP is a file', warns('runner/certificates-not-exported'), { arrange: brokenTemporaryFolder }),
  fileCase('RUNNER_TEMP is not there', warns('runner/certificates-not-exported'), {
    environment: { RUNNER_TEMP: '/nowhere/at/all' },
  }),
  fileCase('no config file can be written', fails('runner/config-file-not-written'), {
    inputs: { 'config-file': '/nowhere/at/all/config.yaml' },
  }),
  fileCase('a folder stands where the config file goes', fails('runner/config-file-exists'), {
    arrange: takenConfigFile,
  }),
  fileCase('the event can not be read', passes(), { environment: { GITHUB_EVENT_PATH: '/nowhere/at/all' } }),
];
