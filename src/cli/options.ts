import { parseArgs } from 'node:util';
import { type KnownProvider, PROVIDERS } from '../identity-provider/providers.ts';
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

/** What people call a provider beside its name here. */
const OTHER_NAMES: Readonly<Record<string, string>> = { azure: 'entra', azuread: 'entra', 'entra-id': 'entra' };

/** The provider that --provider names; undefined where it is not given. */
export function providerNamed(name: string | undefined): KnownProvider | undefined {
  const wanted = name?.toLowerCase() ?? '';
  const provider = PROVIDERS.find((candidate) => candidate.name === (OTHER_NAMES[wanted] ?? wanted));
  if (name !== undefined && provider === undefined) {
    throw new UsageError(`--provider must be one of ${PROVIDERS.map((candidate) => candidate.name).join(', ')}.`);
  }
  return provider;
}
