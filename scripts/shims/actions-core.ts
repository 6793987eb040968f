/**
 * Stands in for @actions/core in the bundles of the actions: what src/github/runner.ts uses of it, made of its own
 * modules, which hold the escaping and the files. The whole loads an HTTP client for OpenID tokens, and promises of
 * files for the summary, in every run: 16 ms of CPU. See scripts/build.ts.
 */
import { issue, issueCommand } from 'actions-core-itself/command.js';
import { issueFileCommand, prepareKeyValueMessage } from 'actions-core-itself/file-command.js';
import { toCommandProperties, toCommandValue } from 'actions-core-itself/utils.js';

export function setSecret(secret: string): void {
  issueCommand('add-mask', {}, secret);
}

export function info(message: string): void {
  process.stdout.write(`${message}\n`);
}

export function startGroup(name: string): void {
  issue('group', name);
}

export function endGroup(): void {
  issue('endgroup');
}

export function error(message: string, properties: { title?: string }): void {
  issueCommand('error', toCommandProperties(properties), message);
}

export function warning(message: string, properties: { title?: string }): void {
  issueCommand('warning', toCommandProperties(properties), message);
}

/** Without the runner's file this throws, where @actions/core prints the value. */
export function exportVariable(name: string, value: string): void {
  process.env[name] = toCommandValue(value);
  issueFileCommand('ENV', prepareKeyValueMessage(name, value));
}

export function setOutput(name: string, value: string): void {
  issueFileCommand('OUTPUT', prepareKeyValueMessage(name, value));
}

export function saveState(name: string, value: string): void {
  issueFileCommand('STATE', prepareKeyValueMessage(name, value));
}

export function getState(name: string): string {
  return process.env[`STATE_${name}`] ?? '';
}
