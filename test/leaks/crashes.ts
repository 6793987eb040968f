import path from 'node:path';
import { CATALOGUE } from '../../src/catalogue.ts';
import { runStep, type StepResult } from '../runner/action-runner.ts';
import { OWN_COMMANDS } from '../runner/printed.ts';
import { CRASH_SECRET, crashingAt, type IsChosen, sitesOf } from './crash-sites.ts';
import { arrange, NOTHING_HOSTILE } from './hostile-places.ts';
import { foreignCommands, leaksIn } from './judge.ts';
import { GITHUB_TOKEN, inputsOf, type LeakLab, type Played } from './leak-lab.ts';
import { placesOf } from './left-behind.ts';

interface Program {
  readonly name: string;
  readonly run: (environment: Record<string, string>) => Promise<StepResult>;
}

/** Runs each program once for each await that it comes to, which throws there instead of waiting. */
export async function playCrashes(copy: string, lab: LeakLab, isChosen: IsChosen): Promise<Played> {
  arrange(NOTHING_HOSTILE, '', lab);
  const inputs = inputsOf(lab, CRASH_SECRET);
  const reminderInputs = { ...inputs, name: 'crashing', 'github-token': GITHUB_TOKEN, 'rotated-at': '2020-01-01' };
  const programs: Program[] = [
    {
      name: 'main',
      run: (environment) => runStep({ actionDirectory: copy, step: 'main', inputs, environment }),
    },
    {
      name: 'post',
      run: async (environment) => {
        const main = await runStep({ actionDirectory: copy, step: 'main', inputs });
        return await runStep({ actionDirectory: copy, step: 'post', inputs, environment, previous: main });
      },
    },
    {
      name: 'rotation-reminder',
      run: (environment) =>
        runStep({
          actionDirectory: path.join(copy, 'rotation-reminder'),
          step: 'main',
          inputs: reminderInputs,
          environment: { ...environment, GITHUB_API_URL: lab.github.apiUrl },
          eventName: 'schedule',
        }),
    },
  ];
  let processes = 0;
  const faults: string[] = [];
  for (const { name, run } of programs) {
    const { sites, result: whole } = await sitesOf(name, copy, run);
    await whole.cleanUp();
    for (const site of sites.filter(isChosen)) {
      processes += 1;
      const result = await run(crashingAt(site));
      faults.push(...faultsOf(result).map((fault) => `${name}, await ${site}: ${fault}`));
      await result.cleanUp();
    }
  }
  return { processes, faults };
}

/** However a step is broken off, it says so once, exports nothing, and gives nothing away. One that goes on is as usual. */
function faultsOf(result: StepResult): string[] {
  const annotated = result.annotations.filter(({ level }) => level === 'error');
  const errors = annotated.length;
  const codes = annotated.map(({ message }) => message.split(': ', 1)[0] ?? '');
  return [
    ...codes.filter((code) => !Object.hasOwn(CATALOGUE, code)).map((code) => `the unknown code ${code}`),
    ...leaksIn(placesOf(result), [CRASH_SECRET]),
    ...foreignCommands(result.stdout, OWN_COMMANDS),
    ...(result.stderr === '' ? [] : ['standard error']),
    ...(errors === (result.exitCode === 0 ? 0 : 1)
      ? []
      : [`${errors} annotations of errors, exit code ${result.exitCode}`]),
    ...(result.exitCode !== 0 && Object.keys(result.exportedEnvironment).length > 0 ? ['something is exported'] : []),
    ...(result.hasTimedOut ? ['it did not end'] : []),
  ];
}
