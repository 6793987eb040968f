import { randomBytes } from 'node:crypto';
import { isInTheFuture, readInstant } from '../rotation/instants.ts';
import { SALT_BYTES, STAMP_VARIABLE, writeStamp } from '../rotation/stamp.ts';
import { readOptions } from './options.ts';
import { type Terminal, UsageError } from './terminal.ts';

/** `union-auth rotation stamp`: the value of the variable beside the secret, and the line that writes it. @returns 0 */
export async function rotationStamp(args: string[], terminal: Terminal): Promise<0> {
  const { values: options } = readOptions(args, {
    'rotated-at': { type: 'string' },
    'expires-at': { type: 'string' },
    'key-id': { type: 'string' },
    variable: { type: 'string' },
    repository: { type: 'string' },
    environment: { type: 'string' },
    json: { type: 'boolean' },
  });
  const now = Date.now();
  const created = readTime(options['rotated-at'], '--rotated-at') ?? now;
  const expires = readTime(options['expires-at'], '--expires-at');
  const keyId = readWord(options['key-id'], '--key-id', /^[\w.~-]{1,200}$/);
  const variable = readWord(options.variable, '--variable', /^[A-Za-z_][A-Za-z0-9_]{0,99}$/) ?? STAMP_VARIABLE;
  const repository = readWord(options.repository, '--repository', /^[\w.-]+\/[\w.-]+$/);
  const environment = readWord(options.environment, '--environment', /^[\w ./:@-]{1,255}$/);
  if (isInTheFuture(created, now)) {
    throw new UsageError('--rotated-at is after today.');
  }
  if (expires !== undefined && expires <= created) {
    throw new UsageError('--expires-at is not after the rotation.');
  }
  const secret = (await terminal.readSecret('Key, or client secret where no whole key is stored')).trim();
  if (secret === '' || /^\*+$/.test(secret)) {
    throw new UsageError('There is no key: give it on standard input.');
  }
  const content = { created, ...(expires !== undefined && { expires }), ...(keyId !== undefined && { keyId }) };
  const value = writeStamp(content, secret, randomBytes(SALT_BYTES));
  const where = [
    ...(repository === undefined ? [] : [`--repo ${repository}`]),
    ...(environment === undefined ? [] : [`--env '${environment}'`]),
  ];
  // No value has a quotation mark that a shell would end at: times, letters, digits and a few signs.
  const command = ['gh variable set', variable, ...where, `--body '${value}'`].join(' ');
  terminal.print(
    options.json === true
      ? `${JSON.stringify({ variable, value, command }, undefined, 2)}\n`
      : `${value}\n\nWrite it as the variable ${variable}, which is no secret:\n${command}\n`,
  );
  return 0;
}

function readTime(text: string | undefined, name: string): number | undefined {
  const instant = text === undefined ? undefined : readInstant(text);
  if (instant === 'without-zone') {
    throw new UsageError(`${name} has no zone: add Z for UTC, or an offset as +01:00.`);
  }
  if (instant === 'not-a-date') {
    throw new UsageError(`${name} is no date: write it as 2026-11-22 or 2026-11-22T17:00:00Z.`);
  }
  return instant;
}

function readWord(text: string | undefined, name: string, form: RegExp): string | undefined {
  if (text !== undefined && !form.test(text)) {
    throw new UsageError(`${name} holds something that it can not be.`);
  }
  return text;
}
