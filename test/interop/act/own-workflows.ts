import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Counterpart } from '../suite.ts';
import { listedFiles } from '../tools.ts';
import { annotationsOf } from './page-cases.ts';
import { type ActRun, commit, makeWorkplace } from './workplace.ts';

const ROOT = path.join(import.meta.dirname, '../../..');
const OWN_REPOSITORY = 'org/union-auth-action';

/** Does nothing: what these actions do, a job under act has already. */
const STAND_IN = `name: A stand-in
description: For an action that act would have to fetch
runs:
  using: composite
  steps:
    - run: 'true'
      shell: sh
`;

/** The jobs of our own workflows that run the action against the lab, on this machine. */
export async function proveOwnWorkflows(row: Counterpart, act: string, temporary: string): Promise<void> {
  await row.case('ci.yml signs in with the action of its commit, and is refused with a wrong secret', async () => {
    const { exitCode, log } = await runJob(act, temporary, {
      workflow: 'ci.yml',
      event: 'push',
      job: 'smoke',
      system: 'ubuntu-24.04',
    });
    assert.equal(exitCode, 0, log.slice(-900));
    assert.match(log, /The step ended as it must: failure, not-ready\./);
    assert.match(log, /The step ended as it must: success, ready-with-warnings\./);
    assert.deepEqual(annotationsOf(log), ['error idp/wrong-secret', 'warning input/connect-to-in-use']);
  });
  await row.case('prober.yml signs in with the action of the tag', async () => {
    const { exitCode, log } = await runJob(act, temporary, {
      workflow: 'prober.yml',
      event: 'workflow_dispatch',
      job: 'sign-in',
      system: 'ubuntu-latest',
    });
    assert.equal(exitCode, 0, log.slice(-900));
    assert.match(log, /The step ended as it must: success, ready-with-warnings\./);
  });
}

/** `npm ci` of a job takes what is installed here: the job proves the action, and downloads nothing. */
function installPackages(programs: string): void {
  const script = `#!/bin/sh
[ "$*" = ci ] && exec ln -s '${path.join(ROOT, 'node_modules')}' node_modules
`;
  writeFileSync(path.join(programs, 'npm'), script, { mode: 0o755 });
}

/** The runner of GitHub ends what a job leaves behind; act does not. */
function stopLab(log: string): void {
  const [, id] = /::set-output:: process-id=(\d+)/.exec(log) ?? [];
  if (id !== undefined) {
    process.kill(Number(id));
  }
}

interface Job {
  readonly workflow: string;
  readonly event: string;
  readonly job: string;
  /** The one of its matrix that act takes for this machine. */
  readonly system: string;
}

async function runJob(act: string, temporary: string, { workflow, event, job, system }: Job): Promise<ActRun> {
  const place = await makeWorkplace(act, temporary);
  const { repository, clone, programs } = place;
  try {
    for (const file of await listedFiles(ROOT)) {
      cpSync(path.join(ROOT, file), path.join(repository, file));
    }
    const file = path.join('.github/workflows', workflow);
    const text = readFileSync(path.join(ROOT, file), 'utf8');
    // act checks out what stands here, unless a step names a ref.
    writeFileSync(path.join(repository, file), text.replaceAll(/^ +ref: v1\n/gm, ''));
    await commit(place, repository);
    installPackages(programs);
    const standIn = path.join(path.dirname(repository), 'stand-in');
    mkdirSync(standIn, { recursive: true });
    writeFileSync(path.join(standIn, 'action.yml'), STAND_IN);
    const others = [...text.matchAll(/uses: (?!actions\/checkout@)(\S+@[0-9a-f]{40})/g)];
    const local = [...new Set(others.map(([, name = '']) => name))].map((name) => `${name}=${standIn}`);
    const command = [
      `act ${event} -W ${file} -j ${job} --matrix os:${system} -P ${system}=-self-hosted --no-cache-server`,
      ...[...local, `${OWN_REPOSITORY}@v1=${clone}`].map((pair) => `--local-repository ${pair}`),
    ].join(' ');
    const ended = await place.shell(command);
    stopLab(ended.log);
    return ended;
  } finally {
    place.remove();
  }
}
