import path from 'node:path';
import { afterAll, type ExpectStatic, test } from 'vitest';
import type { FindingCode } from '../../src/catalogue.ts';
import { SECRET_VARIABLES } from '../../src/clients/clients.ts';
import { type CertificateAuthority, createCertificateAuthority } from '../lab/certificates.ts';
import {
  type Deployment,
  type DeploymentOptions,
  type ScriptedDeployment,
  type ScriptedDeploymentOptions,
  startDeployment,
} from '../lab/deployment.ts';
import type { RecordedRequest } from '../lab/https-server.ts';
import { runStep, type StepOptions, type StepResult } from '../runner/action-runner.ts';
import { findLeak } from '../runner/leak-oracle.ts';
import { OWN_COMMANDS, withoutMasks } from '../runner/printed.ts';
import { SECRET } from './keys.ts';
import { bearerToken, describeRun } from './snapshot.ts';

export const ACTION_DIRECTORY = path.join(import.meta.dirname, '../..');

export type AnyLab = Deployment<unknown>;
/** Laid over the four fields, `ca-certificates` and `connect-to` of the lab; undefined leaves one out. */
export type Inputs = Readonly<Record<string, string | undefined>>;
type Ending = undefined | (() => Promise<void>);

export interface RunOptions<Lab extends AnyLab = Deployment> {
  inputs?: Inputs | ((lab: Lab) => Inputs);
  environment?: Record<string, string> | ((lab: Lab) => Record<string, string>);
  event?: { name: string; payload?: object; actor?: string };
  omitFiles?: NonNullable<StepOptions['omitFiles']>;
  previous?: StepResult;
}

/** The codes of the annotations, so that no scenario ends as it should for another reason. */
type Expectation =
  | { exit: 1; code: FindingCode }
  | { exit: 0; warnings?: FindingCode[]; verdict?: 'ready' | 'ready-with-warnings' | 'not-ready' | 'skipped' };

interface Scenario<Lab extends AnyLab, LabOptions> extends RunOptions<Lab> {
  /** A lab of its own with these options; without it and `arrange` a scenario borrows a plain one. */
  lab?: LabOptions;
  /** Prepares the lab; what it returns is called at the end. */
  arrange?(lab: Lab): void | (() => Promise<void>) | Promise<void | (() => Promise<void>)>;
  /** What must not leak, where it is not the lab's secret and what the inputs hold. */
  secrets?: readonly string[];
  expect: Expectation;
  /** Where only the runner masks a form that the step prints: its log is searched in place of what was printed. */
  isMaskedByRunner?: boolean;
  /** For what the snapshot does not say. */
  also?(run: Run, expect: ExpectStatic): void;
}

export interface Run {
  readonly result: StepResult;
  readonly requests: readonly RecordedRequest[];
  readonly secrets: readonly string[];
  readonly isMaskedByRunner: boolean;
}

/** A run of the main step against a deployment with a real OpenID provider. */
export function scenario(name: string, options: Scenario<Deployment, DeploymentOptions>): void {
  const { lab: labOptions, arrange } = options;
  test.concurrent(name, async ({ expect }) => {
    if (labOptions === undefined && arrange === undefined) {
      const lab = idle.pop() ?? (await startDeployment({ authority: await authority() }));
      await play(lab, options, expect);
      lab.requests.length = 0;
      idle.push(lab);
    } else {
      const lab = await startDeployment({ authority: await authority(), ...labOptions });
      await play(lab, options, expect).finally(() => lab.stop());
    }
  });
}

/** A run of the main step against a deployment whose provider plays a script. */
export function scripted(
  name: string,
  options: Scenario<ScriptedDeployment, Omit<ScriptedDeploymentOptions, 'provider'>>,
): void {
  test.concurrent(name, async ({ expect }) => {
    const lab = await startDeployment({ provider: 'scripted', authority: await authority(), ...options.lab });
    await play(lab, options, expect).finally(() => lab.stop());
  });
}

const idle: Deployment[] = [];
afterAll(async () => {
  await Promise.all(idle.map((lab) => lab.stop()));
});

let sharedAuthority: Promise<CertificateAuthority> | undefined;
export function authority(): Promise<CertificateAuthority> {
  sharedAuthority ??= createCertificateAuthority();
  return sharedAuthority;
}

/** Runs the built main step as the runner starts it. */
export async function runMain<Lab extends AnyLab>(lab: Lab, options: RunOptions<Lab> = {}): Promise<StepResult> {
  const { event, omitFiles, previous } = options;
  return await runStep({
    actionDirectory: ACTION_DIRECTORY,
    step: 'main',
    inputs: inputsOf(lab, options),
    environment: typeof options.environment === 'function' ? options.environment(lab) : (options.environment ?? {}),
    ...(event && { eventName: event.name, eventPayload: event.payload ?? {}, actor: event.actor ?? 'octocat' }),
    ...(omitFiles && { omitFiles }),
    ...(previous && { previous }),
  });
}

export function inputsOf<Lab extends AnyLab>(lab: Lab, { inputs = {} }: RunOptions<Lab>): Record<string, string> {
  const given = typeof inputs === 'function' ? inputs(lab) : inputs;
  const fields = { domain: lab.domain, 'client-id': lab.clientId, 'client-secret': lab.clientSecret };
  const all = {
    ...(given['api-key'] === undefined && fields),
    'ca-certificates': lab.certificateAuthorityPem,
    'connect-to': lab.connectTo.join('\n'),
    ...given,
  };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

async function play<Lab extends AnyLab, LabOptions>(
  lab: Lab,
  options: Scenario<Lab, LabOptions>,
  expect: ExpectStatic,
): Promise<void> {
  let end: Ending;
  let cleanUp: Ending;
  try {
    end = (await options.arrange?.(lab)) ?? undefined;
    const result = await runMain(lab, options);
    cleanUp = result.cleanUp;
    const inputs = inputsOf(lab, options);
    const given = [inputs['client-secret'], inputs['api-key']].filter((text) => text !== undefined);
    const secrets = [lab.clientSecret, SECRET, ...(options.secrets ?? given.map((text) => text.trim()))];
    const run: Run = {
      result,
      requests: [...lab.requests],
      secrets,
      isMaskedByRunner: options.isMaskedByRunner ?? false,
    };
    checkRun(run, expect);
    checkExpectation(run, options.expect, (inputs['connect-to'] ?? '').trim() !== '', expect);
    options.also?.(run, expect);
    expect(describeRun(run)).toMatchSnapshot();
  } finally {
    await Promise.all([end?.(), cleanUp?.()]);
  }
}

/** What holds for every run, however it ends. */
export function checkRun({ result, requests, secrets, isMaskedByRunner }: Run, expect: ExpectStatic): void {
  expect(result.stderr).toBe('');
  expect(result.hasTimedOut).toBe(false);
  expect(result.conclusion).toBe(result.exitCode === 0 ? 'success' : 'failure');
  const commands = new Set(result.commands.map(({ name }) => name));
  expect(OWN_COMMANDS).toEqual(expect.arrayContaining([...commands]));

  const tokens = requests
    .flatMap((request) => [
      ...new URLSearchParams(request.body.toString('utf8')).getAll('token'),
      ...[bearerToken(request)].filter((token) => token !== undefined),
    ])
    .map((token) => token.split('.')[2] ?? token);
  const needles = [...secrets, ...tokens].filter((needle) => needle !== '').map((needle) => needle.slice(0, 300));
  const { 'api-key': _key, ...outputs } = result.outputs;
  const exported = Object.entries(result.exportedEnvironment).filter(([name]) => !SECRET_VARIABLES.includes(name));
  const places = {
    stdout: isMaskedByRunner ? result.log : withoutMasks(result.stdout),
    summary: isMaskedByRunner ? result.summary : result.rawSummary,
    annotations: JSON.stringify(result.annotations),
    outputs: isMaskedByRunner ? '' : JSON.stringify(outputs),
    state: JSON.stringify(result.state),
    exported: JSON.stringify(exported),
  };
  for (const [place, text] of Object.entries(places)) {
    for (const needle of needles) {
      expect(findLeak(needle, text), `${place} holds a secret`).toBeUndefined();
    }
  }
}

function checkExpectation(run: Run, expected: Expectation, isConnected: boolean, expect: ExpectStatic): void {
  const { exitCode, annotations, exportedEnvironment, outputs } = run.result;
  const codes = (level: string): string[] =>
    annotations
      .filter((annotation) => annotation.level === level)
      .map(({ message }) => message.split(': ', 1)[0] ?? '');
  const seen = { exit: exitCode, errors: codes('error'), warnings: codes('warning') };
  if (expected.exit === 1) {
    expect(seen).toEqual({ exit: 1, errors: [expected.code], warnings: [] });
  } else {
    const verdict = expected.verdict ?? (expected.warnings || isConnected ? 'ready-with-warnings' : 'ready');
    const remarks = isConnected && verdict !== 'not-ready' ? ['input/connect-to-in-use'] : [];
    expect(seen).toEqual({ exit: 0, errors: [], warnings: [...remarks, ...(expected.warnings ?? [])] });
    expect(outputs['verdict']).toBe(verdict);
  }
  if (expected.exit === 1 || !(outputs['verdict'] ?? '').startsWith('ready')) {
    expect(exportedEnvironment).toEqual({});
    expect(outputs['api-key'] ?? '').toBe('');
    expect(outputs['config-file'] ?? '').toBe('');
  }
}
