/*
 * node test/lab/job/start.ts, in a job of GitHub Actions: starts the lab in a process of its own, which goes on while
 * the later steps of the job run, and writes what a step needs to sign in to it as outputs. The runner ends the process
 * with the job; elsewhere it ends itself.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { appendFileSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What serve.ts sends as soon as it answers. */
export interface JobLab {
  readonly domain: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly issuer: string;
  readonly tokenUrl: string;
  readonly audience: string;
  readonly connectTo: string;
  readonly certificateAuthorityPem: string;
}

const outputFile = needed('GITHUB_OUTPUT');
const certificates = path.join(needed('RUNNER_TEMP'), 'lab-authority.pem');
const logFile = path.join(needed('RUNNER_TEMP'), 'lab.log');

const child = spawn(process.execPath, [path.join(import.meta.dirname, 'serve.ts')], {
  detached: true,
  windowsHide: true,
  // Not the streams of this step: it would not end before they are closed.
  stdio: ['ignore', 'ignore', openSync(logFile, 'w'), 'ipc'],
});
const lab = await new Promise<JobLab>((resolve, reject) => {
  child.once('message', (facts) => resolve(facts as JobLab));
  child.once('error', reject);
  child.once('exit', (code) => {
    reject(new Error(`the lab ended with ${code} before it answered: ${readFileSync(logFile, 'utf8')}`));
  });
});
child.disconnect();
child.unref();

// Made up, and masked all the same: a run against the lab shows what a run with a real secret shows.
console.log(`::add-mask::${lab.clientSecret}`);
writeFileSync(certificates, lab.certificateAuthorityPem);
writeOutputs({
  domain: lab.domain,
  'client-id': lab.clientId,
  'client-secret': lab.clientSecret,
  issuer: lab.issuer,
  'token-url': lab.tokenUrl,
  audience: lab.audience,
  'connect-to': lab.connectTo,
  'ca-certificates': certificates,
  'process-id': String(child.pid),
});
console.log(`A deployment answers at ${lab.domain}, by way of: ${lab.connectTo.replaceAll('\n', ', ')}`);

function needed(name: string): string {
  const value = process.env[name] ?? '';
  if (value === '') {
    throw new Error(`${name} is not set: this is no job of GitHub Actions`);
  }
  return value;
}

function writeOutputs(outputs: Readonly<Record<string, string>>): void {
  const delimiter = `end-${randomUUID()}`;
  const lines = Object.entries(outputs).map(([name, value]) => `${name}<<${delimiter}\n${value}\n${delimiter}\n`);
  appendFileSync(outputFile, lines.join(''));
}
