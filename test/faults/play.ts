import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runStep, type StepResult } from '../runner/action-runner.ts';
import { type Arranged, type FaultCase, type Inputs, RETRIES } from './fault-case.ts';
import type { FaultLab } from './fault-lab.ts';
import { type FaultServer, startFaultServer } from './fault-server.ts';
import { judge } from './judge.ts';

const ROOT = path.dirname(path.dirname(import.meta.dirname));
const USAGE_HOOK = path.join(ROOT, 'test/bench/usage.mjs');
/** Of the action, where a case does not say. */
const DEFAULT_DEADLINE_SECONDS = { main: 30, 'rotation-reminder': 120 } as const;
/** For starting a process on a busy machine. What is still there then hangs. */
const MARGIN_SECONDS = 30;

/** One case as it was seen. */
export interface Played {
  readonly failures: readonly string[];
  readonly peakMb: number;
  readonly seconds: number;
  /** All that reached a server. */
  readonly requests: number;
  readonly result: StepResult;
}

/** Starts the built action as the runner does, in a world with this fault, and judges how it ends. */
export async function play(one: FaultCase, lab: FaultLab): Promise<Played> {
  lab.reset();
  const arranged: Arranged = (await one.arrange?.(lab)) ?? {};
  const server = one.fault === undefined ? undefined : await before(lab, one, one.fault);
  const usageFile = path.join(os.tmpdir(), `union-auth-faults-${randomUUID()}.json`);
  let result: StepResult | undefined;
  try {
    const inputs = inputsOf(one, lab, arranged, server);
    const deadline = Number(inputs['deadline-seconds'] ?? DEFAULT_DEADLINE_SECONDS[one.step.action]);
    result = await runStep({
      actionDirectory: one.step.action === 'main' ? ROOT : path.join(ROOT, 'rotation-reminder'),
      step: 'main',
      inputs,
      environment: { ...one.environment, ...arranged.environment, BENCH_USAGE_FILE: usageFile },
      nodeArguments: ['--require', USAGE_HOOK],
      timeoutMs: (deadline + MARGIN_SECONDS) * 1000,
    });
    const { rssMb } = readUsage(usageFile);
    const sent = server?.requests.length ?? 0;
    const seen = {
      result,
      peakMb: rssMb,
      // Where nothing listens nobody can count.
      met: server === undefined || one.fault?.isRefused ? arranged.met?.() : server.connections(),
      sent,
      strayed: arranged.strayed?.() ?? 0,
      retries: Number(inputs['retries'] ?? RETRIES),
      secrets: lab.secrets,
    };
    return {
      failures: judge(one, seen),
      peakMb: rssMb,
      seconds: result.durationMs / 1000,
      requests: lab.requests.length + sent,
      result,
    };
  } finally {
    rmSync(usageFile, { force: true });
    await Promise.all([server?.stop(), arranged.stop?.(), result?.cleanUp()]);
  }
}

/** The server that stands before the one of the step. */
async function before(lab: FaultLab, { step, times = Infinity }: FaultCase, fault: NonNullable<FaultCase['fault']>) {
  const server = await startFaultServer({
    authority: lab.deployment.authority,
    hostName: step.host,
    fault,
    times,
    onwardPort: lab.ports.get(step.host) ?? 0,
  });
  if (step.isLater) {
    lab.onToken = server.arm;
  } else {
    server.arm();
  }
  return server;
}

function inputsOf(one: FaultCase, lab: FaultLab, arranged: Arranged, server?: FaultServer): Record<string, string> {
  const lines = [...lab.ports]
    .filter(([host]) => !(one.isUnmapped && host === one.step.host))
    .map(([host, port]) => `${host}:443:127.0.0.1:${host === one.step.host ? (server?.port ?? port) : port}`);
  const all: Inputs = {
    retries: String(RETRIES),
    ...lab.inputsOf(one.step),
    'connect-to': [...lines, ...(arranged.connectTo ?? [])].join('\n'),
    ...one.inputs,
    ...arranged.inputs,
  };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function readUsage(file: string): { rssMb: number } {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { rssMb: number };
  } catch {
    // A process that was killed leaves none.
    return { rssMb: Number.NaN };
  }
}
