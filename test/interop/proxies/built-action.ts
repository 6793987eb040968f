import assert from 'node:assert/strict';
import path from 'node:path';
import type { AnyLab } from '../../e2e/scenario.ts';
import { bearerToken } from '../../e2e/snapshot.ts';
import { runStep } from '../../runner/action-runner.ts';

const ACTION_DIRECTORY = path.join(import.meta.dirname, '../../..');

export interface ActionRun {
  readonly inputs: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** What must not be shown beside the secrets of the lab. */
  readonly secrets?: readonly string[];
}

export interface ActionResult {
  readonly exitCode: number;
  /** The codes of the errors. */
  readonly errors: readonly string[];
  /** All findings by their code, with what was seen. */
  readonly findings: ReadonlyMap<string, string>;
}

/** Runs the built main step, as the runner does, and holds it to keeping its secrets. */
export async function runBuiltAction(lab: AnyLab, run: ActionRun): Promise<ActionResult> {
  lab.requests.length = 0;
  const result = await runStep({
    actionDirectory: ACTION_DIRECTORY,
    step: 'main',
    inputs: {
      domain: lab.domain,
      'client-id': lab.clientId,
      'client-secret': lab.clientSecret,
      'ca-certificates': lab.certificateAuthorityPem,
      ...run.inputs,
    },
    environment: { ...run.environment },
  });
  await result.cleanUp();
  assert.equal(result.stderr, '');
  const tokens = lab.requests.map(bearerToken).filter((token) => token !== undefined);
  const shown = result.log + result.summary + JSON.stringify(result.annotations);
  for (const secret of [lab.clientSecret, ...tokens, ...(run.secrets ?? [])]) {
    assert.ok(!shown.includes(secret), 'a secret is shown');
  }
  const findings = JSON.parse(result.outputs['findings'] ?? '[]') as readonly {
    readonly code: string;
    readonly severity: string;
    readonly detail?: string;
  }[];
  return {
    exitCode: result.exitCode,
    errors: findings.filter(({ severity }) => severity === 'error').map(({ code }) => code),
    findings: new Map(findings.map(({ code, detail }) => [code, detail ?? ''])),
  };
}
