import path from 'node:path';
import { CATALOGUE } from '../../src/catalogue.ts';
import { seededRandom } from '../secrecy/random-secrets.ts';
import { CALLS, type CommandCall, type Situation } from './calls.ts';
import { faultsOfCall, issuesOf, type MadeCall, makeCall, withToken } from './command.ts';
import { CRASH_SECRET, crashingAt, type IsChosen, sitesOf } from './crash-sites.ts';
import { arrange, NOTHING_HOSTILE, signatureOf } from './hostile-places.ts';
import { leaksIn } from './judge.ts';
import type { LeakLab, Played } from './leak-lab.ts';

/** A stack of Node, of whatever error. */
const STACK = /^ +at .+:\d+:\d+\)?$/m;

/** One call of each command, once for each await that it comes to, which throws there instead of waiting. */
export async function playCommandCrashes(copy: string, lab: LeakLab, isChosen: IsChosen): Promise<Played> {
  arrange(NOTHING_HOSTILE, '', lab);
  const program = path.join(copy, 'dist/cli/index.js');
  const { token, keySet } = await withToken(lab.deployment.clientId, lab, seededRandom(0));
  const situation = { lab, clientSecret: CRASH_SECRET, text: 'no', token, keySet, verify: 'deployment' } as const;
  let processes = 0;
  const faults: string[] = [];
  for (const chosen of CALLS.filter(({ isBrokenOff }) => isBrokenOff === true)) {
    const run = async (environment: Record<string, string>): Promise<MadeCall> => {
      const made = await makeCall(chosen, situation, environment, program);
      return { ...made, places: { ...made.places, issues: issuesOf(lab) } };
    };
    const { sites, result: whole } = await sitesOf(chosen.command, copy, run);
    for (const site of sites.filter(isChosen)) {
      processes += 1;
      const broken = await run(crashingAt(site));
      faults.push(
        ...faultsOf(broken, whole, chosen, situation).map((fault) => `${chosen.command}, await ${site}: ${fault}`),
      );
    }
  }
  return { processes, faults };
}

/**
 * What was broken off says so, by its exit code or, where the command goes on by design, by a finding; writes a file of
 * secrets whole or not at all; and gives nothing away.
 */
export function faultsOf(broken: MadeCall, whole: MadeCall, { own = [] }: CommandCall, { token }: Situation): string[] {
  const { called, places, asked } = broken;
  const isTold =
    called.status !== 0 || codesIn(called.stdout).some((code) => !codesIn(whole.called.stdout).includes(code));
  const isWhole = reportOf(broken) === reportOf(whole) && asked === whole.asked;
  return [
    ...leaksIn(places, [CRASH_SECRET, ...signatureOf(token)]),
    ...faultsOfCall(called, own, {}),
    ...(STACK.test(called.stdout + called.stderr) ? ['a stack'] : []),
    ...(asked === undefined || asked === whole.asked ? [] : ['half a file']),
    ...(isTold || isWhole ? [] : ['it ends as if nothing had happened']),
  ];
}

function codesIn(text: string): string[] {
  return (text.match(/\b[a-z-]+\/[a-z-]+\b/g) ?? []).filter((code) => Object.hasOwn(CATALOGUE, code));
}

/** Times and their lengths are others each time, and so is the order of what is asked at once. */
function reportOf({ called: { stdout } }: MadeCall): string {
  return stdout.replaceAll(/\d+/g, '0').split('\n').sort().join('\n');
}
