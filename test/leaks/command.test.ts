import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { CALLS, type CommandCall, type Situation } from './calls.ts';
import { chosenAt, faultsOfCall, type MadeCall } from './command.ts';
import { faultsOf } from './command-crashes.ts';
import { CRASH_SECRET } from './crash-sites.ts';
import { PLACES_OF_THE_COMMAND } from './hostile-places.ts';

const NAMES = COMMANDS.map(({ name }) => name).toSorted();
const CRASH =
  'union-auth failed in a way that it does not know. Please report how it was called, without any secret.\n';

describe('the calls of the command', () => {
  it('are of every command', () => {
    expect([...new Set(CALLS.map(({ command }) => command))].toSorted()).toEqual(NAMES);
  });

  it('are broken off once for every command', () => {
    const broken = CALLS.filter(({ isBrokenOff }) => isBrokenOff === true);
    expect(broken.map(({ command }) => command).toSorted()).toEqual(NAMES);
  });

  it('meet every place, each of them, in as many rounds as there are places', () => {
    const turns = Array.from({ length: CALLS.length * PLACES_OF_THE_COMMAND.length }, (_, turn) => chosenAt(turn));
    const met = CALLS.map(
      (call) => new Set(turns.flatMap(({ chosen, place }) => (chosen === call ? [place] : []))).size,
    );
    expect(new Set(met)).toEqual(new Set([PLACES_OF_THE_COMMAND.length]));
  });
});

describe('what a call may not do', () => {
  const clean = { status: 1, stdout: 'Not ready\n', stderr: 'union-auth: no\n' };
  it('is nothing that it does', () => {
    expect(faultsOfCall(clean, [], {})).toEqual([]);
  });

  it.each([
    ['a command', { stdout: '::error title=x::y\n' }, 'a command: ::error title=x::y'],
    ['a command on standard error', { stderr: 'union-auth: x\n::add-path::y\n' }, 'a command: ::add-path::y'],
    ['a character', { stdout: '\u001b[0m' }, 'a character: U+1b'],
    ['a character on standard error', { stderr: 'union-auth: \u202e\n' }, 'a character: U+202e'],
    ['a line that is not its own', { stderr: '    at main (index.js:1:1)\n' }, 'standard error'],
    ['an exit code', { status: 7 }, 'exit code 7'],
    ['a signal', { status: null }, 'exit code null'],
  ])('%s', (_name, over, fault) => {
    expect(faultsOfCall({ ...clean, ...over }, [], {})).toContain(fault);
  });

  it('is to print what Node prints, unless it asked Node for that', () => {
    const called = { ...clean, stderr: '(node:7) WARNING: \u2014\nunion-auth: no\n' };
    expect(faultsOfCall(called, [], {})).toEqual(['a character: U+2014', 'standard error']);
    expect(faultsOfCall(called, [], { NODE_OPTIONS: '--trace-exit' })).toEqual([]);
    const own = { ...clean, stderr: 'union-auth: \u202e\n' };
    expect(faultsOfCall(own, [], { NODE_OPTIONS: '--trace-exit' })).toEqual(['a character: U+202e']);
  });
});

describe('what a call that is broken off may not do', () => {
  const whole = made({ status: 0, stdout: 'Ready in 7 ms\nok (discovery/found)\n', stderr: '' }, 'key\n');
  it.each([
    [
      'it ends as if it were whole',
      made({ ...whole.called, stdout: 'ok (discovery/found)\nReady in 12 ms\n' }, 'key\n'),
      [],
    ],
    ['it fails', made({ status: 1, stdout: '', stderr: CRASH }, undefined), []],
    ['it says so', made({ status: 0, stdout: 'WARN (network/failed)\n', stderr: '' }, undefined), []],
    [
      'it ends with 0 and less',
      made({ status: 0, stdout: '', stderr: '' }, 'key\n'),
      ['it ends as if nothing had happened'],
    ],
    ['it has no file', made(whole.called, undefined), ['it ends as if nothing had happened']],
    ['it has half a file', made({ status: 1, stdout: '', stderr: CRASH }, 'ke'), ['half a file']],
    [
      'it prints a stack',
      made({ status: 1, stdout: '', stderr: 'Error\n    at main (index.js:1:1)\n' }, undefined),
      ['standard error', 'a stack'],
    ],
    [
      'it prints the error',
      made({ status: 1, stdout: '', stderr: `union-auth: ${CRASH_SECRET}\n` }, undefined),
      ['stderr: text: Zq7~kWm-'],
    ],
  ])('%s', (_name, broken, faults) => {
    expect(faultsOf(broken, whole, {} as CommandCall, { token: '' } as Situation)).toEqual(faults);
  });
});

function made(called: MadeCall['called'], asked: string | undefined): MadeCall {
  return { called, places: { stdout: called.stdout, stderr: called.stderr }, asked };
}
