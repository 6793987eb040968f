import { isDeepStrictEqual } from 'node:util';
import type { StepResult } from '../runner/action-runner.ts';
import { findLeak } from '../runner/leak-oracle.ts';
import { OWN_COMMANDS, withoutMasks } from '../runner/printed.ts';
import type { FaultCase } from './fault-case.ts';

/** No run may need more memory than this. */
export const MOST_MEGABYTES = 128;

export interface Seen {
  readonly result: StepResult;
  readonly peakMb: number;
  /** How often the fault was met, where that can be told. */
  readonly met: number | undefined;
  /** Requests that the server of the fault could read. */
  readonly sent: number;
  /** Requests and connections that reached a server which should have seen none. */
  readonly strayed: number;
  readonly retries: number;
  readonly secrets: readonly string[];
}

/** Whatever is otherwise than the case says, a sentence each. */
export function judge(one: FaultCase, seen: Seen): string[] {
  return [...judgeProcess(seen), ...judgeEnding(one, seen), ...judgeRequests(one, seen), ...findLeaks(seen)];
}

/** What holds for every run, however it ends. */
function judgeProcess({ result, peakMb }: Seen): string[] {
  const failures: string[] = [];
  if (result.hasTimedOut) {
    failures.push('did not end by itself');
  }
  if (result.stderr !== '') {
    failures.push(`wrote to standard error: ${result.stderr.slice(0, 200)}`);
  }
  if (!(peakMb < MOST_MEGABYTES)) {
    failures.push(`needed ${peakMb.toFixed(1)} MB`);
  }
  const foreign = result.commands.map(({ name }) => name).filter((name) => !OWN_COMMANDS.includes(name));
  if (foreign.length > 0) {
    failures.push(`printed commands that are not its own: ${foreign.join(', ')}`);
  }
  return failures;
}

function judgeEnding({ step, ending }: FaultCase, { result }: Seen): string[] {
  const failures: string[] = [];
  const isFailure = ending.level === 'error';
  const findings = findingsOf(result);
  const seen = {
    exit: result.exitCode,
    errors: annotated(result, 'error'),
    // That the lab is reached by connect-to, and that the key is old, is so in every run.
    warnings: annotated(result, 'warning').filter(
      (code) => code !== 'input/connect-to-in-use' && (step.action === 'main' || code !== 'rotation/due'),
    ),
  };
  const expected = {
    exit: isFailure ? 1 : 0,
    errors: isFailure ? [ending.code] : [],
    warnings: ending.level === 'warning' ? [ending.code, ...(ending.others ?? [])] : [],
  };
  if (!isDeepStrictEqual(seen, expected)) {
    failures.push(`ended with ${JSON.stringify(seen)} instead of ${JSON.stringify(expected)}`);
  }
  if (ending.level === 'note' && !findings.some(({ code }) => code === ending.code)) {
    failures.push(`has no finding ${ending.code}`);
  }
  if (ending.says !== undefined && !result.log.includes(ending.says)) {
    failures.push(`does not say "${ending.says}"`);
  }
  return [...failures, ...(step.action === 'main' ? judgeExports(result, isFailure) : [])];
}

/** A failing run leaves nothing to later steps, any other the key. */
function judgeExports({ exportedEnvironment, outputs }: StepResult, isFailure: boolean): string[] {
  const left = { ...exportedEnvironment, ...((outputs['api-key'] ?? '') !== '' && { 'the output api-key': '' }) };
  const names = Object.keys(left).filter((name) => name !== '');
  if (isFailure) {
    return names.length === 0 ? [] : [`failed and left ${names.join(', ')}`];
  }
  const missing = ['FLYTE_API_KEY', 'the output api-key'].filter((name) => !names.includes(name));
  return missing.length === 0 ? [] : [`passed without ${missing.join(', ')}`];
}

function judgeRequests({ step, requests }: FaultCase, { met, sent, strayed, retries }: Seen): string[] {
  const failures: string[] = [];
  const most = step.mostRequests * (step.isRepeated ? retries + 1 : 1);
  if (met === 0) {
    failures.push('never met the fault');
  }
  if (requests === undefined ? sent > most : sent !== requests) {
    failures.push(`sent ${sent} requests to the fault instead of ${requests ?? `at most ${most}`}`);
  }
  if (strayed > 0) {
    failures.push(`went ${strayed} times to a server that it should not know`);
  }
  return failures;
}

function findLeaks({ result, secrets }: Seen): string[] {
  const { 'api-key': _, ...outputs } = result.outputs;
  const places = {
    'standard output': withoutMasks(result.stdout),
    'the summary': result.rawSummary,
    'the outputs': JSON.stringify(outputs),
    'the state': JSON.stringify(result.state),
  };
  return Object.entries(places)
    .filter(([, text]) => secrets.some((secret) => findLeak(secret, text) !== undefined))
    .map(([place]) => `gives a part of the secret away in ${place}`);
}

function annotated({ annotations }: StepResult, level: 'error' | 'warning'): string[] {
  return annotations
    .filter((annotation) => annotation.level === level)
    .map(({ message }) => message.split(': ', 1)[0] ?? '');
}

function findingsOf({ outputs }: StepResult): { code: string }[] {
  try {
    return JSON.parse(outputs['findings'] ?? '[]') as { code: string }[];
  } catch {
    return [];
  }
}
