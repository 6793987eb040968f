/*
 * npm run demo: the built action as a user sees it. A deployment on this machine, the action run as the runner runs
 * it, once with the right client secret and once with a wrong one.
 */
import path from 'node:path';
import { runStep, type StepResult } from '../runner/action-runner.ts';
import type { Annotation } from '../runner/step-log.ts';
import { type Deployment, startDeployment } from './deployment.ts';

const WRONG_SECRET = 'not-the-secret-of-this-app';

const width = Math.min(process.stdout.columns ?? 100, 120);
const hasColour = process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '';

/** Select Graphic Rendition parameters (ECMA-48 section 8.3.117). */
const STYLES = { bold: 1, faint: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

function styled(text: string, ...styles: (keyof typeof STYLES)[]): string {
  const start = styles.map((style) => `\u001b[${STYLES[style]}m`).join('');
  return hasColour ? `${start}${text}\u001b[0m` : text;
}

function heading(text: string): void {
  console.log(`\n${styled(text, 'bold', 'cyan')}\n${styled('─'.repeat(Math.min(width, text.length)), 'faint')}`);
}

function part(title: string, lines: readonly string[]): void {
  console.log(`\n  ${styled(title, 'bold')}`);
  for (const line of lines) {
    console.log(line === '' ? '' : `    ${line}`);
  }
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const first = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(first)}  ${value}`);
}

/** The lines of a log with the marks of the findings in colour. */
function colourLine(line: string): string {
  if (/^(FAIL|Not ready|Error: )/.test(line)) {
    return styled(line, 'red');
  }
  if (/^(WARN|Warning: )/.test(line)) {
    return styled(line, 'yellow');
  }
  return /^(ok |Ready)/.test(line) ? styled(line, 'green') : line.startsWith('▼') ? styled(line, 'bold') : line;
}

function linesOf(text: string): string[] {
  return text.trimEnd().split('\n');
}

/** The log with the lines of each group under its title; where a group ends stands only in what was printed. */
function foldedLog({ log, stdout }: StepResult): string[] {
  const sizes = [...stdout.matchAll(/^::group::.*\n([\s\S]*?)^::endgroup::/gm)].map(
    ([, content = '']) => content.split('\n').length - 1,
  );
  let left = 0;
  return linesOf(log).map((line) => {
    if (line.startsWith('▼')) {
      left = sizes.shift() ?? 0;
      return colourLine(line);
    }
    return left-- > 0 ? `  ${colourLine(line)}` : colourLine(line);
  });
}

/** As the page of a run shows it above the logs. */
function boxOf({ level, title, message }: Annotation): string[] {
  const inner = width - 8;
  const wrapped = linesOf(message).flatMap((line) => wrap(line, inner));
  const name = `${level === 'error' ? 'Error' : 'Warning'}: ${title}`.slice(0, inner - 2);
  const colour = level === 'error' ? 'red' : 'yellow';
  const side = styled('│', colour);
  return [
    styled(`┌ ${name} ${'─'.repeat(inner - name.length)}┐`, colour),
    ...wrapped.map((line) => `${side} ${line.padEnd(inner)} ${side}`),
    styled(`└${'─'.repeat(inner + 2)}┘`, colour),
  ];
}

function wrap(text: string, columns: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && last.length + 1 + word.length > columns) {
      lines.push(word.slice(0, columns));
    } else {
      lines[lines.length - 1] = last === '' ? word.slice(0, columns) : `${last} ${word}`;
    }
  }
  return lines;
}

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
  'The built action runs twice against a deployment on this machine: with the right client secret, and with a wrong one.',
);
const lab = await startDeployment();
try {
  showLab(lab);
  const right = await runAction(lab, lab.clientSecret);
  const isRight = await showCase('1. The right client secret', right, faultsOfSuccess(right, lab));
  const wrong = await runAction(lab, WRONG_SECRET);
  const isWrong = await showCase('2. A wrong client secret', wrong, faultsOfFailure(wrong));
  if (isRight && isWrong) {
    console.log(styled('\nBoth cases went as they must.', 'bold', 'green'));
    console.log('To use the action in your workflow, go on with README.md.');
  } else {
    console.log(styled('\nThe demo FAILED: a case did not go as it must, see above.', 'bold', 'red'));
    process.exitCode = 1;
  }
} finally {
  await lab.stop();
}
