/*
 * npm run demo: the built actions as a user sees them. A deployment on this machine, the main action run as the runner
 * runs it, once with the right client secret and once with a wrong one; then the life of a key under the reminder.
 */
import path from 'node:path';
import { runStep, type StepResult } from '../runner/action-runner.ts';
import { boxOf, foldedLog, heading, linesOf, part, styled, table } from './demo-page.ts';
import { type Deployment, startDeployment } from './deployment.ts';
import { showReminder } from './reminder-demo.ts';

const WRONG_SECRET = 'not-the-secret-of-this-app';

function runAction(lab: Deployment, clientSecret: string): Promise<StepResult> {
  return runStep({
    actionDirectory: path.dirname(path.dirname(import.meta.dirname)),
    step: 'main',
    inputs: {
      domain: lab.domain,
      'client-id': lab.clientId,
      'client-secret': clientSecret,
      'ca-certificates': lab.certificateAuthorityPem,
      'connect-to': lab.connectTo.join('\n'),
    },
  });
}

function showLab(lab: Deployment): void {
  heading('The deployment');
  part('Runs on this machine, with a certificate authority of its own', [
    ...table([
      ['control plane', `https://${lab.domain} on 127.0.0.1:${lab.controlPlane.port}`],
      ['OpenID provider', `${lab.issuer} on 127.0.0.1:${lab.provider.port}`],
      ['OAuth app', lab.clientId],
    ]),
  ]);
  part('The step, as a workflow has it', [
    '- uses: org/union-auth-action@v1',
    '  with:',
    `    domain: ${lab.domain}`,
    `    client-id: ${lab.clientId}`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a workflow names a secret.
    '    client-secret: ${{ secrets.FLYTE_CLIENT_SECRET }}',
    '    ca-certificates: (the authority of this deployment)',
    '    connect-to: (the ports above; a real deployment needs none, and the log warns of it)',
  ]);
}

function showStep(step: StepResult): void {
  part('Log', foldedLog(step));
  const errors = step.annotations.filter(({ level }) => level === 'error');
  for (const annotation of errors) {
    part('Annotation', boxOf(annotation));
  }
  part('Exported for the next steps', exportsOf(step));
  // What a reader has to unfold is in the log above.
  part(
    'Job summary (Markdown)',
    linesOf(step.summary.replace(/<details>[\s\S]*?<\/details>/g, '(and what was checked, to unfold)')),
  );
  const verdict = step.masker.mask(step.outputs['verdict'] ?? 'none');
  part('Result', [`exit code ${step.exitCode}, verdict ${verdict}, ${Math.round(step.durationMs)} ms`]);
}

function exportsOf({ exportedEnvironment, masker }: StepResult): string[] {
  const rows = Object.entries(exportedEnvironment).map(([name, value]) => {
    const shown = masker.mask(value);
    return [name, shown === '***' ? '***  (masked in every log)' : shown] as const;
  });
  return rows.length === 0 ? ['nothing'] : table(rows);
}

/** What must hold of every step: nobody can read a secret, and nothing goes where the runner would not mask it. */
function faultsOfSecrecy(step: StepResult, secrets: readonly string[]): string[] {
  const shown = step.log + step.summary + step.annotations.map(({ title, message }) => title + message).join('');
  return [
    ...(step.stderr === '' ? [] : ['it wrote to standard error']),
    ...(secrets.some((secret) => secret !== '' && shown.includes(secret)) ? ['a secret can be read'] : []),
  ];
}

function faultsOfSuccess(step: StepResult, { clientSecret }: Deployment): string[] {
  const key = step.exportedEnvironment['FLYTE_API_KEY'] ?? '';
  return [
    ...(step.exitCode === 0 ? [] : [`exit code ${step.exitCode} instead of 0`]),
    ...(step.outputs['verdict']?.startsWith('ready') === true ? [] : ['the verdict is not ready']),
    ...(key === '' ? ['FLYTE_API_KEY was not exported'] : []),
    ...faultsOfSecrecy(step, [clientSecret, key]),
  ];
}

function faultsOfFailure(step: StepResult): string[] {
  const errors = step.annotations.filter(({ level }) => level === 'error');
  return [
    ...(step.exitCode === 1 ? [] : [`exit code ${step.exitCode} instead of 1`]),
    ...(errors.length === 1 && errors[0]?.message.startsWith('idp/wrong-secret') === true
      ? []
      : ['the one annotation is not idp/wrong-secret']),
    ...(Object.keys(step.exportedEnvironment).length === 0 ? [] : ['something was exported']),
    ...faultsOfSecrecy(step, [WRONG_SECRET]),
  ];
}

async function showCase(title: string, step: StepResult, faults: readonly string[]): Promise<boolean> {
  heading(title);
  showStep(step);
  for (const fault of faults) {
    console.log(styled(`\n  Not as it must be: ${fault}.`, 'red'));
  }
  if (faults.length > 0 && step.stderr !== '') {
    part('Standard error', linesOf(step.masker.mask(step.stderr)));
  }
  await step.cleanUp();
  return faults.length === 0;
}

console.log(
  'The built actions run against a deployment on this machine: with the right client secret, with a wrong one, and through the life of a key.',
);
const lab = await startDeployment();
try {
  showLab(lab);
  const right = await runAction(lab, lab.clientSecret);
  const isRight = await showCase('1. The right client secret', right, faultsOfSuccess(right, lab));
  const wrong = await runAction(lab, WRONG_SECRET);
  const isWrong = await showCase('2. A wrong client secret', wrong, faultsOfFailure(wrong));
  const isReminding = await showReminder(lab);
  if (isRight && isWrong && isReminding) {
    console.log(styled('\nAll cases went as they must.', 'bold', 'green'));
    console.log('To use the action in your workflow, go on with README.md.');
  } else {
    console.log(styled('\nThe demo FAILED: a case did not go as it must, see above.', 'bold', 'red'));
    process.exitCode = 1;
  }
} finally {
  await lab.stop();
}
