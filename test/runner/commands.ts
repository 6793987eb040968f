import { trim, trimStart } from './white-space.ts';

export { parseFileCommands } from './file-commands.ts';

/** A workflow command as the runner understood it. */
export interface Command {
  /** In lower case: the runner compares names without case. */
  name: string;
  properties: Record<string, string | undefined>;
  data: string;
  version: 1 | 2;
  /** The line as it was written. */
  line: string;
}

/** What the runner makes of one line. */
export type LineReading =
  | { kind: 'text'; line: string }
  | { kind: 'command'; command: Command }
  | { kind: 'stop'; command: Command }
  | { kind: 'refused stop'; command: Command }
  | { kind: 'resume'; line: string };

/**
 * src/Runner.Common/ExtensionManager.cs lists the extensions, ActionCommandManager.cs adds stop-commands.
 * internal-set-repo-path is left out there: it is registered only while the checkout plugin runs.
 */
export const registeredCommands: readonly string[] = [
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
];

/** In the order of ActionCommand.cs, %25 last, so that an escaped percent sign isn't read twice. */
const dataEscapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%'],
] as const;

const propertyEscapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%3A', ':'],
  ['%2C', ','],
  ['%25', '%'],
] as const;

const version1Escapes = [
  ['%3B', ';'],
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%5D', ']'],
  ['%25', '%'],
] as const;

/**
 * StartsWith and IndexOf in ActionCommand.cs compare by culture, and ICU gives these code points no weight.
 * The offsets taken afterwards count them, so a name behind one may come out wrong and go unrecognised;
 * which of them .NET really accepts is unproven, so a line that is a command without them counts as one.
 */
const ignorable = /[\p{Default_Ignorable_Code_Point}\u0000-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F]/gu;

/** Reads the lines of one step in order. Keeps the stop state, which stdout and stderr of a step share. */
export class CommandReader {
  #stopToken: string | undefined;

  /** TryProcessCommand in src/Runner.Worker/ActionCommandManager.cs. */
  read(line: string): LineReading {
    const names = new Set(registeredCommands);
    if (this.#stopToken !== undefined) {
      names.add(this.#stopToken);
    }
    const command = parseLine(line, names);
    if (command === undefined) {
      return { kind: 'text', line };
    }
    if (this.#stopToken !== undefined) {
      if (command.name !== this.#stopToken) {
        return { kind: 'text', line };
      }
      this.#stopToken = undefined;
      return { kind: 'resume', line };
    }
    if (command.name !== 'stop-commands') {
      return { kind: 'command', command };
    }
    // ValidateStopToken: an empty token or the name of a command would never be seen again.
    const token = command.data.toLowerCase();
    if (token === '' || token === 'pause-logging' || names.has(token)) {
      return { kind: 'refused stop', command };
    }
    this.#stopToken = token;
    return { kind: 'stop', command };
  }
}

/** Which lines of an output the runner obeys and which it prints. It prints those that stop and resume commands too. */
export function parseCommands(stdout: string): { commands: Command[]; logLines: string[] } {
  const reader = new CommandReader();
  const commands: Command[] = [];
  const logLines: string[] = [];
  for (const line of splitLines(stdout)) {
    const reading = reader.read(line);
    if (reading.kind === 'text' || reading.kind === 'resume') {
      logLines.push(reading.line);
      continue;
    }
    commands.push(reading.command);
    if (reading.kind === 'stop') {
      logLines.push(line);
    }
  }
  return { commands, logLines };
}

/** StreamReader.ReadLine in src/Runner.Sdk/ProcessInvoker.cs: a carriage return alone ends a line as well. */
export function splitLines(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') {
    lines.pop();
  }
  return lines;
}

function parseLine(line: string, names: ReadonlySet<string>): Command | undefined {
  const plain = line.replace(ignorable, '');
  const readings = plain === line ? [line] : [line, plain];
  for (const reading of readings) {
    const command = parseVersion2(reading, names) ?? parseVersion1(reading, names);
    if (command !== undefined) {
      return { ...command, line };
    }
  }
  return undefined;
}

/** ActionCommand.TryParseV2: `::name key=value,key=value::data`, first on its line. */
function parseVersion2(line: string, names: ReadonlySet<string>): Omit<Command, 'line'> | undefined {
  const text = trimStart(line);
  const end = text.indexOf('::', 2);
  if (!text.startsWith('::') || end === -1) {
    return undefined;
  }
  const head = splitHead(text.slice(2, end));
  if (!names.has(head.name)) {
    return undefined;
  }
  return {
    name: head.name,
    properties: parseProperties(trim(head.properties), ',', propertyEscapes),
    data: unescapeText(text.slice(end + 2), dataEscapes),
    version: 2,
  };
}

/** ActionCommand.TryParse: `##[name key=value;key=value]data`, anywhere in a line, only its first `##[`. */
function parseVersion1(line: string, names: ReadonlySet<string>): Omit<Command, 'line'> | undefined {
  const start = line.indexOf('##[');
  const end = line.indexOf(']', start);
  if (start === -1 || end === -1) {
    return undefined;
  }
  const head = splitHead(line.slice(start + 3, end));
  if (!names.has(head.name)) {
    return undefined;
  }
  return {
    name: head.name,
    properties: parseProperties(head.properties, ';', version1Escapes),
    data: unescapeText(line.slice(end + 1), version1Escapes),
    version: 1,
  };
}

function splitHead(head: string): { name: string; properties: string } {
  const space = head.indexOf(' ');
  const name = space === -1 ? head : head.slice(0, space);
  return { name: name.toLowerCase(), properties: space === -1 ? '' : head.slice(space + 1) };
}

type Escapes = readonly (readonly [string, string])[];

/** .NET splits with RemoveEmptyEntries, so a property without a value is dropped, and `key==value` loses both signs. */
function parseProperties(text: string, separator: string, escapes: Escapes): Record<string, string> {
  const properties: Record<string, string> = {};
  for (const property of text.split(separator)) {
    const match = /^=*([^=]+)=+([^=][\s\S]*)$/.exec(property);
    if (match?.[1] !== undefined && match[2] !== undefined) {
      properties[match[1].toLowerCase()] = unescapeText(match[2], escapes);
    }
  }
  return properties;
}

function unescapeText(text: string, escapes: Escapes): string {
  let plain = text;
  for (const [escaped, character] of escapes) {
    plain = plain.replaceAll(escaped, character);
  }
  return plain;
}
