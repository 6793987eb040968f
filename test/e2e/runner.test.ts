import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { preload } from './preload.ts';
import { type Inputs, scenario } from './scenario.ts';
import { temporaryFolder, writtenFile } from './temporary.ts';

const folder = temporaryFolder();
const directory = path.join(folder, 'a-directory');
const nowhere = path.join(folder, 'to-nowhere');
const elsewhere = path.join(folder, 'to-a-file');
mkdirSync(directory);
symlinkSync('/dev/null', nowhere);
symlinkSync(writtenFile(folder, 'real-file', ''), elsewhere);

for (const name of ['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_STATE'] as const) {
  scenario(`${name} is missing`, { omitFiles: [name], expect: { exit: 1, code: 'runner/file-missing' } });
  for (const [what, value] of [
    ['empty', ''],
    ['relative', 'set_env_file'],
    ['a directory', directory],
    ['a link to /dev/null', nowhere],
    ['a link to a file', elsewhere],
    ['a file that is not there', path.join(folder, 'nothing')],
  ] as const) {
    scenario(`${name} is ${what}`, {
      environment: { [name]: value },
      expect: { exit: 1, code: 'runner/file-missing' },
      also: ({ requests }, expect) => expect(requests).toEqual([]),
    });
  }
}

scenario('GITHUB_STEP_SUMMARY is missing', { omitFiles: ['GITHUB_STEP_SUMMARY'], expect: { exit: 0 } });

scenario('GITHUB_STEP_SUMMARY is a directory', {
  environment: { GITHUB_STEP_SUMMARY: directory },
  expect: { exit: 0 },
});

scenario('RUNNER_TEMP is missing', { environment: { RUNNER_TEMP: '' }, expect: { exit: 0 } });

scenario('NODE_TLS_REJECT_UNAUTHORIZED is 0', {
  environment: { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
  expect: { exit: 1, code: 'runner/tls-checks-off' },
});

for (const [name, value] of [
  ['NODE_DEBUG', 'http,https,tls'],
  ['NODE_DEBUG_NATIVE', 'http2'],
] as const) {
  scenario(`${name} is set`, {
    environment: { [name]: value },
    expect: { exit: 1, code: 'runner/debugging-would-leak' },
  });
}

scenario('warnings of Node are on', {
  environment: { NODE_OPTIONS: '--trace-warnings --trace-deprecation', NODE_PENDING_DEPRECATION: '1' },
  expect: { exit: 0 },
});

scenario('debugging of the runner is on', { environment: { RUNNER_DEBUG: '1' }, expect: { exit: 0 } });

const FS = "import fs from 'node:fs'; import { syncBuiltinESMExports } from 'node:module';";
const DNS = FS.replace("fs from 'node:fs'", "dns from 'node:dns'");

/** Runs the code when the step has begun and waits for a name service that never answers. */
function later(code: string): string {
  return `${DNS} dns.lookup = () => { setTimeout(() => { ${code} }, 20); }; syncBuiltinESMExports();`;
}

// Faults that the step does not expect. Each throws the secret, as a careless library could.
for (const [what, code] of [
  [
    'throws where the certificates are written',
    `${FS} fs.writeFileSync = () => { throw secret(); }; syncBuiltinESMExports();`,
  ],
  [
    'throws where the environment is written',
    `${FS} fs.appendFileSync = () => { throw secret(); }; syncBuiltinESMExports();`,
  ],
  [
    'throws something that is no error',
    `${FS} fs.existsSync = () => { throw secret().message; }; syncBuiltinESMExports();`,
  ],
] as const) {
  crash(what, code, {});
}
for (const [what, code] of [
  ['rejects later', 'void Promise.reject(secret());'],
  ['throws later', 'throw secret();'],
  ['warns, then throws', 'process.emitWarning(secret()); setTimeout(() => { throw secret(); }, 20);'],
  [
    'throws an error with a name of its own',
    'throw Object.assign(secret(), { name: given, constructor: { name: given } });',
  ],
] as const) {
  crash(what, later(code), { 'connect-to': undefined });
}

function crash(what: string, code: string, inputs: Inputs): void {
  scenario(`a crash: Node ${what}`, {
    environment: preload(`const given = process.env['INPUT_CLIENT-SECRET'];
      const secret = () => Object.assign(new TypeError('the secret is ' + given), { secret: given });
      ${code}`),
    inputs,
    expect: { exit: 1, code: 'runner/unexpected' },
    also({ result }, expect) {
      expect(result.stdout).not.toMatch(/^\s+at /m);
    },
  });
}

/** Writing a piece of a file ends with an error: the first pieces go well. */
function failingFrom(file: string, piece: number, error: string): { NODE_OPTIONS: string } {
  return preload(`${FS}
    const append = fs.appendFileSync;
    let written = 0;
    fs.appendFileSync = (name, ...given) => {
      if (name === process.env.${file} && ++written >= ${piece}) throw ${error};
      append(name, ...given);
    };
    syncBuiltinESMExports();`);
}

scenario('a step that has nothing left to wait for', {
  environment: preload(
    `${DNS} dns.lookup = () => undefined; globalThis.setTimeout = () => 0; syncBuiltinESMExports();`,
  ),
  inputs: { 'connect-to': undefined },
  expect: { exit: 1, code: 'runner/unexpected' },
});

// What was written before must not be an export: the runner reads the files of a failed step too.
scenario('a crash: Node throws where the second output is written', {
  environment: failingFrom('GITHUB_OUTPUT', 2, "new Error('made up')"),
  expect: { exit: 1, code: 'runner/unexpected' },
  also: ({ result }, expect) => expect(result.outputs).toEqual({}),
});

const FULL = "Object.assign(new Error('made up'), { code: 'ENOSPC' })";
for (const [what, file, piece] of [
  ['the first output', 'GITHUB_OUTPUT', 1],
  ['the output behind the key', 'GITHUB_OUTPUT', 3],
  ['the first export', 'GITHUB_ENV', 1],
  ['the second export', 'GITHUB_ENV', 2],
  ['the state', 'GITHUB_STATE', 1],
] as const) {
  scenario(`the disk is full at ${what}`, {
    environment: failingFrom(file, piece, FULL),
    expect: { exit: 1, code: 'runner/file-not-written' },
    also: ({ result }, expect) => expect(result.outputs).toEqual({}),
  });
}

scenario('NODE_EXTRA_CA_CERTS', {
  inputs: { 'ca-certificates': undefined },
  environment: (lab) => ({ NODE_EXTRA_CA_CERTS: writtenFile(folder, 'extra.pem', lab.certificateAuthorityPem) }),
  expect: { exit: 0 },
});

// BUG: where the file does not exist, Node itself writes a warning to standard error when the bundle loads node:https.
scenario('NODE_EXTRA_CA_CERTS without a certificate', {
  environment: { NODE_EXTRA_CA_CERTS: writtenFile(folder, 'no-certificate.pem', 'no PEM') },
  expect: { exit: 1, code: 'runner/extra-certificates-unreadable' },
});
