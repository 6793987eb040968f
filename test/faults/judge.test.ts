import { expect, it } from 'vitest';
import { CATALOGUE } from '../../src/catalogue.ts';
import type { StepResult } from '../runner/action-runner.ts';
import { ALL_CASES, choose, nameOf } from './cases.ts';
import { type FaultCase, KINDS } from './fault-case.ts';
import { judge, type Seen } from './judge.ts';
import { fails, notes, passes, STEPS, warns } from './steps.ts';

/* The suite is only worth what its judge notices. */

const FAILING: FaultCase = { kind: 'status', step: STEPS.token, title: 'x', ending: fails('idp/html'), requests: 1 };
const SECRET = 'Zq7mKd2Lm5Tw9Xb4';

function result(more: Partial<StepResult> = {}): StepResult {
  return {
    exitCode: 1,
    conclusion: 'failure',
    hasTimedOut: false,
    stdout: `::add-mask::${SECRET}\n`,
    stderr: '',
    log: '',
    commands: [],
    annotations: [annotation('error', 'idp/html')],
    masks: [],
    exportedEnvironment: {},
    outputs: {},
    state: {},
    summary: '',
    rawSummary: '',
    ...more,
  } as StepResult;
}

function annotation(level: 'error' | 'warning', code: string): StepResult['annotations'][number] {
  return { level, title: '', message: `${code}: a detail` } as StepResult['annotations'][number];
}

function seen(more: Partial<StepResult> = {}, others: Partial<Seen> = {}): Seen {
  return { result: result(more), peakMb: 60, met: 1, sent: 1, strayed: 0, retries: 1, secrets: [SECRET], ...others };
}

const passed: Partial<StepResult> = {
  exitCode: 0,
  annotations: [annotation('warning', 'input/connect-to-in-use')],
  exportedEnvironment: { FLYTE_API_KEY: 'a-key' },
  outputs: { 'api-key': 'a-key', findings: '[{"code":"idp/token-not-revoked"}]' },
};

it('finds nothing in a run that ends as it should', () => {
  expect(judge(FAILING, seen())).toEqual([]);
  expect(judge({ ...FAILING, ending: passes() }, seen(passed))).toEqual([]);
  expect(judge({ ...FAILING, ending: notes('idp/token-not-revoked') }, seen(passed))).toEqual([]);
});

it.each<[string, Partial<StepResult>, Partial<Seen>?]>([
  ['another exit code', { exitCode: 0 }],
  ['no annotation', { annotations: [] }],
  ['another annotation', { annotations: [annotation('error', 'idp/not-json')] }],
  ['two annotations', { annotations: [annotation('error', 'idp/html'), annotation('error', 'idp/html')] }],
  ['a warning beside it', { annotations: [annotation('error', 'idp/html'), annotation('warning', 'network/slow')] }],
  ['a byte on standard error', { stderr: 'x' }],
  ['no end', { hasTimedOut: true }],
  ['an export', { exportedEnvironment: { A: 'b' } }],
  ['the output api-key', { outputs: { 'api-key': 'a-key' } }],
  ['a command of another', { commands: [{ name: 'set-env' } as StepResult['commands'][number]] }],
  ['the secret in the log', { stdout: `secret ${SECRET}` }],
  ['a part of it in the summary, in base64', { rawSummary: Buffer.from(SECRET.slice(0, 12)).toString('base64') }],
  ['the secret in an output', { outputs: { findings: SECRET } }],
  ['too much memory', {}, { peakMb: 128 }],
  ['no figure of its memory', {}, { peakMb: Number.NaN }],
  ['a fault that was never met', {}, { met: 0 }],
  ['a request too many', {}, { sent: 2 }],
  ['a request to another server', {}, { strayed: 1 }],
])('notices %s', (_, more, others) => {
  expect(judge(FAILING, seen(more, others))).toHaveLength(1);
});

it.each<[string, FaultCase['ending'], Partial<StepResult>]>([
  ['a pass without the key', passes(), { exportedEnvironment: {} }],
  ['a pass with a warning', passes(), { annotations: [annotation('warning', 'network/slow')] }],
  ['a warning that is missing', warns('network/slow'), {}],
  ['a note that is missing', notes('network/slow'), {}],
  ['a line of the log that is missing', passes('a line'), {}],
])('notices %s', (_, ending, more) => {
  expect(judge({ ...FAILING, ending }, seen({ ...passed, ...more }))).toHaveLength(1);
});

it('has cases with names of their own, which end in findings of the catalogue', () => {
  const names = ALL_CASES.map(nameOf);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  expect(ALL_CASES.filter(({ ending: { code } }) => code !== undefined && !Object.hasOwn(CATALOGUE, code))).toEqual([]);
});

it('chooses the same for the same seed, another for another, and some of each kind', () => {
  const names = (seed: string): string[] => choose(ALL_CASES, 0.05, seed).map(nameOf);
  expect(names('1')).toEqual(names('1'));
  expect(names('2')).not.toEqual(names('1'));
  expect(new Set(choose(ALL_CASES, 0.001, '1').map(({ kind }) => kind))).toEqual(new Set(Object.keys(KINDS)));
  expect(choose(ALL_CASES, 1, '1')).toHaveLength(ALL_CASES.length);
});
