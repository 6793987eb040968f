import { parseArgs } from 'node:util';
import { UsageError } from './terminal.ts';

type Options = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>;

/** Reads the arguments of a command. Never repeats one in a message: it may be a secret given in the wrong place. */
export function readOptions<const Known extends Options>(args: string[], options: Known, allowPositionals = false) {
  try {
    return parseArgs({ args, options, strict: true, allowPositionals });
  } catch {
    throw new UsageError('An argument is unknown or has no value. Secrets are never given as arguments.');
  }
}
