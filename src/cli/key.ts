import { randomBytes } from 'node:crypto';
import { encodeApiKey } from '../api-key/encode.ts';
import { describeDecoded, inspectApiKey } from '../api-key/inspect.ts';
import { encodeEagerKey } from '../deployment/render/eager-key.ts';
import { hashInternalSecret } from '../deployment/render/internal-secret.ts';
import { isError } from '../findings/finding.ts';
import { verdictOf } from '../run-report.ts';
import { command } from './command.ts';
import { writeNewFile } from './files.ts';
import { JSON_OPTION } from './options.ts';
import { printFindings } from './print.ts';
import { type Terminal, UsageError } from './terminal.ts';

/** A key taken apart, and its shape judged. */
export const keyInspect = command({
  name: 'key inspect',
  summary: 'Takes a key apart and judges its shape.',
  description:
    'Shows how each client reads the key, and never prints the secret. The key is read from standard input, or asked for. Nothing is sent: union-auth check also signs in with it.',
  options: { json: JSON_OPTION },
  exits: ['the key can be used as it stands', 'it can not'],
  examples: [{ call: `printf %s "$FLYTE_API_KEY" | union-auth key inspect`, says: 'a key in the environment' }],
  async run(given, terminal) {
    const { findings, clients } = inspectApiKey(await terminal.readInput(undefined, 'Key'));
    const shown = Object.fromEntries(
      Object.entries(clients).map(([name, decoded]) => [name, describeDecoded(decoded)]),
    );
    if (given.flag('json')) {
      printJson(terminal, { verdict: verdictOf(findings), findings, clients: shown });
    } else {
      if (findings.length === 0) {
        terminal.print('The key is ready: every client reads it alike.\n');
      }
      printFindings(findings, terminal);
      for (const [name, decoded] of Object.entries(shown)) {
        const how = decoded.accepts
          ? `reads domain ${decoded.domain}, client id ${decoded.clientId}, org ${decoded.org === '' ? '(empty)' : decoded.org}`
          : `refuses it: ${decoded.error}`;
        terminal.print(`  ${name} ${how}\n`);
      }
    }
    return findings.some(isError) ? 1 : 0;
  },
});

/** The key of the pods has the strictest reader of all. */
const ENCODERS: Readonly<Record<string, typeof encodeEagerKey>> = { flyte: encodeApiKey, eager: encodeEagerKey };

/** A key built of its four fields; where one is wrong, nothing is written. */
export const keyEncode = command({
  name: 'key encode',
  summary: 'Builds a key that every client reads alike.',
  description:
    'The client secret is read from CLIENT_SECRET, else from standard input, else asked for. The key goes to FILE, which only you can read, or to standard output where that is no terminal.',
  options: {
    domain: { value: 'HOST', description: 'the host name of the deployment' },
    'client-id': { value: 'ID', description: 'of the OAuth app' },
    org: { value: 'ORG', description: 'the organization; none for self-hosted deployments' },
    for: { value: 'READER', description: 'flyte, or eager: EAGER_API_KEY, for the pods of tasks' },
    output: { value: 'FILE', description: 'write the key to a new file of mode 0600' },
    print: { description: 'show the key, also on a terminal' },
    json: { description: 'print JSON; with --print it holds the key' },
  },
  environment: { CLIENT_SECRET: 'the client secret' },
  exits: ['the key was built', 'a field is wrong, and nothing was written'],
  examples: [
    {
      call: 'union-auth key encode --domain union.example.com --client-id ci-app --output key.txt',
      says: 'asks for the secret, unless CLIENT_SECRET has it',
    },
    {
      call: 'union-auth key encode --domain union.example.com --client-id ci-app < secret.txt > key.txt',
      says: 'a secret out of a file, and the key into one',
    },
  ],
  async run(given, terminal) {
    const domain = given.text('domain');
    const clientId = given.text('client-id');
    const output = given.text('output');
    if (domain === undefined || clientId === undefined) {
      throw new UsageError('key encode needs --domain and --client-id.');
    }
    if (output === undefined && !given.flag('print') && (terminal.outputIsTerminal || given.flag('json'))) {
      throw new UsageError('The key is a secret: name a file with --output, or show it here with --print.');
    }
    const encode = ENCODERS[given.text('for') ?? 'flyte'];
    if (encode === undefined) {
      throw new UsageError('--for must be one of flyte, eager.');
    }
    const clientSecret = terminal.environment['CLIENT_SECRET'] ?? (await terminal.readSecret('Client secret'));
    const { key, findings } = encode({
      domain: domain.trim().toLowerCase(),
      clientId: clientId.trim(),
      clientSecret,
      org: given.text('org')?.trim() ?? '',
    });
    if (given.flag('json')) {
      const shown = given.flag('print') && key !== undefined ? { key } : {};
      printJson(terminal, { verdict: verdictOf(findings), findings, ...shown });
    } else if (findings.length > 0) {
      printFindings(findings, { print: (text) => terminal.complain(text) });
    }
    if (key === undefined) {
      return 1;
    }
    // Behind the key of the pods it is an error to them: they read it as it stands.
    const lineEnd = given.text('for') === 'eager' ? '' : '\n';
    if (output !== undefined) {
      writeNewFile(output, `${key}${lineEnd}`, '--output');
    } else if (!given.flag('json')) {
      terminal.print(`${key}${terminal.outputIsTerminal ? '\n' : lineEnd}`);
    }
    return 0;
  },
});

/** The internal client secret of Flyte 1, hashed as its chart takes it. */
export const keyHash = command({
  name: 'key hash',
  summary: "Hashes Flyte's internal client secret, as its chart takes it.",
  description:
    'The chart flyte-binary wants the bcrypt hash of the secret, in base64 once more (configuration.auth.internal). The secret is read from CLIENT_SECRET, from standard input, or asked for; --generate makes one.',
  options: {
    generate: { description: 'make a random secret, and print it too' },
    json: JSON_OPTION,
  },
  environment: { CLIENT_SECRET: 'the secret' },
  exits: ['hashed', 'it can not be hashed'],
  examples: [
    { call: 'union-auth key hash < secret.txt', says: 'a secret out of a file' },
    { call: 'union-auth key hash --generate > internal.txt', says: 'a new secret and its hash' },
  ],
  async run(given, terminal) {
    const isNew = given.flag('generate');
    if (isNew && terminal.outputIsTerminal) {
      throw new UsageError('The secret would stand on the screen: send the output into a file.');
    }
    const secret = isNew ? undefined : (terminal.environment['CLIENT_SECRET'] ?? (await terminal.readSecret('Secret')));
    const { hashed, findings } = hashInternalSecret(secret, randomBytes);
    if (hashed === undefined) {
      printFindings(findings, { print: (text) => terminal.complain(text) });
      return 1;
    }
    const shown = { ...(isNew && { clientSecret: hashed.secret }), clientSecretHash: hashed.hash };
    terminal.print(
      given.flag('json')
        ? `${JSON.stringify(shown, undefined, 2)}\n`
        : Object.entries(shown)
            .map(([name, value]) => `${name}: ${value}\n`)
            .join(''),
    );
    return 0;
  },
});

function printJson(terminal: Terminal, value: object): void {
  terminal.print(`${JSON.stringify(value, undefined, 2)}\n`);
}
