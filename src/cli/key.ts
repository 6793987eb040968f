import { writeFileSync } from 'node:fs';
import { encodeApiKey } from '../api-key/encode.ts';
import { describeDecoded, inspectApiKey } from '../api-key/inspect.ts';
import { definitionOf } from '../catalogue.ts';
import { type Finding, isError } from '../findings/finding.ts';
import { readOptions } from './options.ts';
import { type Terminal, UsageError } from './terminal.ts';

/** `union-auth key inspect`. @returns 0 where the key can be used as it stands. */
export async function keyInspect(args: string[], terminal: Terminal): Promise<0 | 1> {
  const { json } = readOptions(args, { json: { type: 'boolean' } }).values;
  const { findings, clients } = inspectApiKey(await terminal.readInput(undefined, 'Key'));
  const shown = Object.fromEntries(Object.entries(clients).map(([name, decoded]) => [name, describeDecoded(decoded)]));
  if (json === true) {
    printJson(terminal, { verdict: verdictOf(findings), findings, clients: shown });
  } else {
    printFindings(findings, terminal);
    for (const [name, decoded] of Object.entries(shown)) {
      const how = decoded.accepts
        ? `reads domain ${decoded.domain}, client id ${decoded.clientId}, org ${decoded.org === '' ? '(empty)' : decoded.org}`
        : `refuses it: ${decoded.error}`;
      terminal.print(`  ${name} ${how}\n`);
    }
  }
  return findings.some(isError) ? 1 : 0;
}

/** `union-auth key encode`. @returns 0 where a key was built; otherwise nothing is written. */
export async function keyEncode(args: string[], terminal: Terminal): Promise<0 | 1> {
  const { values: options } = readOptions(args, {
    domain: { type: 'string' },
    'client-id': { type: 'string' },
    org: { type: 'string' },
    output: { type: 'string' },
    print: { type: 'boolean' },
    json: { type: 'boolean' },
  });
  const { domain, 'client-id': clientId, org, output } = options;
  if (domain === undefined || clientId === undefined) {
    throw new UsageError('key encode needs --domain and --client-id.');
  }
  if (output === undefined && options.print !== true && (terminal.outputIsTerminal || options.json === true)) {
    throw new UsageError('The key is a secret: name a file with --output, or show it here with --print.');
  }
  const clientSecret = terminal.environment['CLIENT_SECRET'] ?? (await terminal.readSecret('Client secret'));
  const { key, findings } = encodeApiKey({
    domain: domain.trim().toLowerCase(),
    clientId: clientId.trim(),
    clientSecret,
    org: org?.trim() ?? '',
  });
  if (options.json === true) {
    const shown = options.print === true && key !== undefined ? { key } : {};
    printJson(terminal, { verdict: verdictOf(findings), findings, ...shown });
  } else if (findings.length > 0) {
    printFindings(findings, { ...terminal, print: (text) => terminal.complain(text) });
  }
  if (key === undefined) {
    return 1;
  }
  if (output !== undefined) {
    writeKeyFile(output, key);
  } else if (options.json !== true) {
    terminal.print(`${key}\n`);
  }
  return 0;
}

/** A new file that nobody else can read: an existing one would keep its mode. */
function writeKeyFile(path: string, key: string): void {
  try {
    writeFileSync(path, `${key}\n`, { mode: 0o600, flag: 'wx' });
  } catch {
    throw new UsageError('The file of --output exists already or can not be written.');
  }
}

function verdictOf(findings: readonly Finding[]): 'ready' | 'ready-with-warnings' | 'not-ready' {
  return findings.some(isError)
    ? 'not-ready'
    : findings.some(({ severity }) => severity === 'warning')
      ? 'ready-with-warnings'
      : 'ready';
}

function printJson(terminal: Terminal, value: object): void {
  terminal.print(`${JSON.stringify(value, undefined, 2)}\n`);
}

function printFindings(findings: readonly Finding[], terminal: Pick<Terminal, 'print'>): void {
  if (findings.length === 0) {
    terminal.print('The key is ready: every client reads it alike.\n');
  }
  for (const finding of findings) {
    const { title, fix } = definitionOf(finding);
    terminal.print(`${finding.severity}: ${title}. ${finding.detail} (${finding.code})\n  Fix: ${fix}\n`);
  }
}
