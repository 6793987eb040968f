import { type Command, CommandReader } from './commands.ts';
import type { RunnerMasker } from './masker.ts';
import { trim } from './white-space.ts';

export interface Annotation {
  level: 'error' | 'warning' | 'notice';
  title: string;
  message: string;
}

/** ExecutionContext.cs: _maxCountPerIssueType and _maxIssueMessageLength. */
const mostAnnotationsPerLevel = 10;
const longestMessage = 4096;

const tags = { error: 'Error: ', warning: 'Warning: ', notice: 'Notice: ' } as const;

/** What a step leaves behind by printing: the log as its reader sees it, and the effect of each command. */
export class StepLog {
  readonly lines: string[] = [];
  readonly commands: Command[] = [];
  readonly annotations: Annotation[] = [];
  /** The values that the step registered, as the runner unescaped them. */
  readonly masks: string[] = [];
  /** set-output and save-state of old still work, which is how a value meant for a file can reach the log. */
  readonly outputs: Record<string, string> = {};
  readonly state: Record<string, string> = {};
  /** A command that can't be carried out fails the step whatever its exit code (CommandResult). */
  hasFailed = false;

  readonly #reader = new CommandReader();
  readonly #masker: RunnerMasker;
  readonly #isDebug: boolean;
  #isEchoing: boolean;

  /** With ACTIONS_STEP_DEBUG the runner prints debug lines and starts with echo on (ExecutionContext.cs). */
  constructor(masker: RunnerMasker, isDebug: boolean) {
    this.#masker = masker;
    this.#isDebug = isDebug;
    this.#isEchoing = isDebug;
  }

  get text(): string {
    return this.lines.map((line) => `${line}\n`).join('');
  }

  /** OnDataReceived in src/Runner.Worker/Handlers/OutputManager.cs. */
  receive(line: string): void {
    const reading = this.#reader.read(line);
    switch (reading.kind) {
      case 'text':
      case 'resume':
        this.write(reading.line);
        return;
      case 'stop':
        this.commands.push(reading.command);
        // Longer tokens are secrets of their own, registered in front of this line (ActionCommandManager.cs).
        if (reading.command.data.length > 6) {
          this.#masker.addValue(reading.command.data);
        }
        this.write(line);
        return;
      case 'refused stop':
        this.commands.push(reading.command);
        this.fail('You cannot use a endToken that is an empty string, or another workflow command.');
        return;
      case 'command':
        this.commands.push(reading.command);
        this.#process(reading.command);
        return;
    }
  }

  write(message: string): void {
    this.lines.push(this.#masker.mask(message));
  }

  debug(message: string): void {
    if (this.#isDebug) {
      for (const line of message.replaceAll('\r\n', '\n').split('\n')) {
        this.write(`##[debug]${line}`);
      }
    }
  }

  /** AddIssue in ExecutionContext.cs masks the message and nothing else: a title goes to the server as it is. */
  annotate(level: Annotation['level'], text: string, title = ''): void {
    const message = this.#masker.mask(text).slice(0, longestMessage);
    if (this.annotations.filter((annotation) => annotation.level === level).length < mostAnnotationsPerLevel) {
      this.annotations.push({ level, title, message });
    }
    if (message !== '') {
      this.write(tags[level] + message);
    }
  }

  fail(message: string): void {
    this.hasFailed = true;
    this.annotate('error', message);
  }

  #process(command: Command): void {
    const omitsEcho = ['add-mask', 'debug', 'error', 'notice', 'warning'].includes(command.name);
    if (this.#isEchoing && !omitsEcho) {
      this.write(command.line);
    }
    switch (command.name) {
      case 'add-mask':
        this.#addMask(command.data);
        break;
      case 'debug':
        this.debug(command.data);
        break;
      case 'error':
      case 'warning':
      case 'notice':
        this.annotate(command.name, command.data, command.properties['title']);
        break;
      case 'group':
        this.write(`▼ ${command.data}`);
        break;
      case 'echo':
        this.#echo(command);
        break;
      case 'set-output':
        this.#store(command, this.outputs);
        break;
      case 'save-state':
        this.#store(command, this.state);
        break;
      case 'set-env':
      case 'add-path':
        // Refused unless ACTIONS_ALLOW_UNSECURE_COMMANDS is true, and then with the whole line in the message.
        this.#refuse(command, `The \`${command.name}\` command is disabled.`);
        break;
      default:
        // endgroup shows nothing, and matchers would only add annotations to what is printed anyway.
        break;
    }
  }

  #addMask(data: string): void {
    if (trim(data) === '') {
      this.annotate('warning', "Can't add secret mask for empty string in ##[add-mask] command.");
      return;
    }
    if (this.#isEchoing) {
      this.write('::add-mask::***');
    }
    this.masks.push(data);
    this.#masker.addMask(data);
  }

  #echo(command: Command): void {
    const value = command.data.trim().toUpperCase();
    if (value === 'ON' || value === 'OFF') {
      this.#isEchoing = value === 'ON';
    } else {
      this.#refuse(command, "Invalid echo command value. Possible values can be: 'on', 'off'.");
    }
  }

  #store(command: Command, target: Record<string, string>): void {
    const name = command.properties['name'] ?? '';
    if (name === '') {
      this.#refuse(command, `Required field 'name' is missing in ##[${command.name}] command.`);
      return;
    }
    target[name] = command.data;
    this.debug(`${name}='${command.data}'`);
  }

  #refuse(command: Command, reason: string): void {
    this.fail(`Unable to process command '${command.line}' successfully.`);
    this.fail(reason);
  }
}
