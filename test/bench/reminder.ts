import path from 'node:path';
import { readActionMetadata } from '../runner/action-metadata.ts';
import { makeJobFolders, removeJobFolders } from '../runner/step-folders.ts';
import type { LabFacts, LabTraffic } from './lab-process.ts';
import { mediansOf, type Program, runProgram } from './programs.ts';

const MOST_KEYS = 1_000;
const NUMBERS_OF_KEYS = [1, 10, 100, MOST_KEYS];
/** Of each number but the last, whose run is long enough to be steady. */
const ROUNDS = 3;
const API_KEY_VARIABLE = 'BENCH_API_KEY';
/** The day of the run, and of the rotation of every key: none is due. */
const TODAY = '2026-03-02T05:37:00Z';
const ROTATED = '2026-03-01';
const LONGEST_DEADLINE_SECONDS = 600;

/** Prints what a run of the reminder costs that looks at the ages of many keys, and one that tests them too. */
export async function measureReminder(root: string, lab: LabFacts, traffic: () => Promise<LabTraffic>): Promise<void> {
  const folder = path.join(root, 'rotation-reminder');
  const { inputs: declared, main } = await readActionMetadata(folder);
  const row = (...cells: string[]): void =>
    console.log(cells.map((cell, index) => (index === 0 ? cell.padEnd(16) : cell.padStart(13))).join(''));
  const apiKey = Buffer.from(`${lab.domain}:${lab.clientId}:${lab.clientSecret}:`).toString('base64');
  const folders = await makeJobFolders();
  try {
    for (const isTested of [false, true]) {
      console.log(
        `\n${isTested ? 'Age, and a trial of each key' : 'Age alone'}, medians of ${ROUNDS} runs, of ${MOST_KEYS} keys one run:\n`,
      );
      row('keys', 'CPU ms', 'wall ms', 'peak MB', 'requests', 'connections');
      for (const number of NUMBERS_OF_KEYS) {
        const program: Program = {
          title: `the reminder of ${number} keys`,
          arguments: [path.join(folder, main)],
          inputs: {
            ...Object.fromEntries([...declared].map(([name, text]) => [name, text ?? ''])),
            keys: JSON.stringify(keysOf(number, isTested)),
            'ca-certificates': lab.certificateAuthorityPem,
            'connect-to': lab.connectTo.join('\n'),
            'github-token': lab.githubToken,
            at: TODAY,
            'deadline-seconds': String(LONGEST_DEADLINE_SECONDS),
          },
          exitCode: 0,
          proof: `key-${number}`,
          environment: { GITHUB_API_URL: lab.githubApiUrl, [API_KEY_VARIABLE]: apiKey },
        };
        await traffic();
        const samples = [];
        const rounds = number === MOST_KEYS ? 1 : ROUNDS;
        for (let round = 0; round < rounds; round++) {
          samples.push(await runProgram(program, folders));
        }
        const { requests, connections } = await traffic();
        const { cpuMs, wallMs, rssMb } = mediansOf(samples);
        const perRun = (count: number): string => (count / rounds).toFixed(0);
        row(
          String(number),
          cpuMs.toFixed(0),
          wallMs.toFixed(0),
          rssMb.toFixed(0),
          perRun(requests.length),
          perRun(connections),
        );
      }
    }
  } finally {
    await removeJobFolders(folders);
  }
}

/** Named by a variable, since Linux gives a program no variable of more than 128 KiB. */
function keysOf(number: number, isTested: boolean) {
  return Array.from({ length: number }, (_, index) => ({
    name: `key-${index + 1}`,
    'rotated-at': ROTATED,
    ...(isTested && { 'api-key': `$${API_KEY_VARIABLE}` }),
  }));
}
