import { type KnownProvider, PROVIDERS } from '../identity-provider/providers.ts';
import { UsageError } from './terminal.ts';

/** What people call a provider beside its name here. */
const OTHER_NAMES: Readonly<Record<string, string>> = { azure: 'entra', azuread: 'entra', 'entra-id': 'entra' };

export const JSON_OPTION = { description: 'print JSON and nothing else' } as const;

/** The provider that --provider names; undefined where it is not given. */
export function providerNamed(name: string | undefined): KnownProvider | undefined {
  const wanted = name?.toLowerCase() ?? '';
  const provider = PROVIDERS.find((candidate) => candidate.name === (OTHER_NAMES[wanted] ?? wanted));
  if (name !== undefined && provider === undefined) {
    throw new UsageError(`--provider must be one of ${PROVIDERS.map((candidate) => candidate.name).join(', ')}.`);
  }
  return provider;
}
