import { randomBytes } from 'node:crypto';
import { isInTheFuture, readInstant } from '../rotation/instants.ts';
import { SALT_BYTES, STAMP_VARIABLE, writeStamp } from '../rotation/stamp.ts';
import { command } from './command.ts';
import { JSON_OPTION } from './options.ts';
import { UsageError } from './terminal.ts';

/** The value of the variable beside the secret, and the line that writes it. */
export const rotationStamp = command({
  name: 'rotation stamp',
  summary: 'Prints the stamp that says when a key was rotated.',
  description:
    'The variable FLYTE_API_KEY_META beside the secret holds it: when the key was rotated, and a salted fingerprint of the key. The key is read from standard input, or asked for. Nothing is sent.',
  options: {
    'rotated-at': { value: 'TIME', description: 'when it was rotated; now unless given' },
    'expires-at': { value: 'TIME', description: 'when the secret ends at the provider' },
    'key-id': { value: 'ID', description: 'of the secret at the provider' },
    variable: { value: 'NAME', description: 'another name than FLYTE_API_KEY_META' },
    repository: { value: 'OWNER/NAME', description: 'for the line that writes it' },
    environment: { value: 'NAME', description: 'for the line that writes it' },
    json: JSON_OPTION,
  },
  exits: ['printed'],
  examples: [
    {
      call: `printf %s "$FLYTE_API_KEY" | union-auth rotation stamp --repository acme/app`,
      says: 'after a rotation, with the line for gh',
    },
  ],
  async run(given, terminal) {
    const now = Date.now();
    const created = readTime(given.text('rotated-at'), '--rotated-at') ?? now;
    const expires = readTime(given.text('expires-at'), '--expires-at');
    const keyId = readWord(given.text('key-id'), '--key-id', /^[\w.~-]{1,200}$/);
    const variable = readWord(given.text('variable'), '--variable', /^[A-Za-z_][A-Za-z0-9_]{0,99}$/) ?? STAMP_VARIABLE;
    const repository = readWord(given.text('repository'), '--repository', /^[\w.-]+\/[\w.-]+$/);
    const environment = readWord(given.text('environment'), '--environment', /^[\w ./:@-]{1,255}$/);
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
      given.flag('json')
        ? `${JSON.stringify({ variable, value, command }, undefined, 2)}\n`
        : `${value}\n\nWrite it as the variable ${variable}, which is no secret:\n${command}\n`,
    );
    return 0;
  },
});

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
