/*
 * node test/lab/job/assert-step.ts signed-in|refused, in a later step of that job: whether the action did what it has to
 * do against the lab. LAB and STEP hold the outputs of both steps as JSON, OUTCOME how the step of the action ended.
 */
import assert from 'node:assert/strict';

type Outputs = Readonly<Record<string, string>>;

/** Said of every run against the lab: the clients can't follow `connect-to`. */
const WARNINGS = ['input/connect-to-in-use'];

const lab = outputsIn('LAB');
const step = outputsIn('STEP');
const findings = (JSON.parse(step['findings'] ?? '[]') as { code: string; severity: string }[]).filter(
  ({ severity }) => severity !== 'pass' && severity !== 'note',
);
const exported = process.env['FLYTE_API_KEY'] ?? '';

switch (process.argv[2]) {
  case 'signed-in':
    assertSignedIn();
    break;
  case 'refused':
    assertRefused();
    break;
  default:
    throw new Error('say signed-in or refused');
}
console.log(`The step ended as it must: ${process.env['OUTCOME']}, ${step['verdict']}.`);

function assertSignedIn(): void {
  assert.equal(process.env['OUTCOME'], 'success');
  assert.equal(step['verdict'], 'ready-with-warnings');
  assert.deepEqual(
    findings.map(({ code }) => code),
    WARNINGS,
  );
  assert.equal(step['issuer'], lab['issuer']);
  assert.equal(step['token-url'], lab['token-url']);
  assert.equal(step['subject'], lab['client-id']);
  assert.equal(step['identity-type'], 'app');
  assert.ok(Date.parse(step['expires-at'] ?? '') > Date.now(), 'expires-at is no time to come');
  const key = [lab['domain'], lab['client-id'], lab['client-secret'], ''].join(':');
  // Not assert.equal, which would print both.
  assert.ok(step['api-key'] === Buffer.from(key).toString('base64'), 'the output api-key is another key');
  assert.ok(exported === step['api-key'], 'FLYTE_API_KEY of the later steps is not the tested key');
}

function assertRefused(): void {
  assert.equal(process.env['OUTCOME'], 'failure');
  assert.equal(step['verdict'], 'not-ready');
  const errors = findings.filter(({ severity }) => severity === 'error').map(({ code }) => code);
  assert.deepEqual(errors, ['idp/wrong-secret']);
  assert.equal(step['api-key'] ?? '', '');
  assert.equal(exported, '');
}

function outputsIn(name: string): Outputs {
  return JSON.parse(process.env[name] ?? '') as Outputs;
}
