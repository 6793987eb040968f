import { type Finding, findingsOf } from '../findings/finding.ts';
import type { Client } from './client.ts';

export const UNION_FINDINGS = {
  'client/union-key-empty': {
    title: 'UNION_API_KEY is set and empty',
    cause:
      'The secret that it was filled from does not exist here. The union client then looks at none of the other names of a key, and takes a config file instead.',
    fix: 'Let this action set it, with union in clients, or remove it from env.',
    severity: 'warning',
  },
  'client/union-endpoint-wins': {
    title: 'UNION_SERVERLESS_ENDPOINT turns the key off',
    cause: 'The union client takes that address before any key, and signs in with a browser.',
    fix: 'Do not set UNION_SERVERLESS_ENDPOINT.',
    severity: 'warning',
  },
} as const;

const unionFinding = findingsOf(UNION_FINDINGS);

/** Source: `_get_config_obj` in union/_config.py of the package union 0.1.204. */
export const UNION: Client = {
  name: 'union',
  title: 'union (the SDK of Union for Flyte 1)',
  variables: { UNION_API_KEY: 'The tested key. Masked.' },
  config: 'none',
  looksIn: [
    '--config',
    'the variable UNION_SERVERLESS_ENDPOINT',
    'the variable UNION_API_KEY',
    'the variables UNION_CONFIG and UNIONAI_CONFIG',
    '~/.union/config.yaml',
    '~/.uctl/config.yaml',
  ],
  setUp: ({ apiKey }) => ({ environment: { UNION_API_KEY: apiKey } }),
};

/** @param isSet whether this step sets UNION_API_KEY. */
export function checkUnionNames(
  environment: Readonly<Record<string, string | undefined>>,
  isSet: boolean,
): Finding<keyof typeof UNION_FINDINGS>[] {
  if (!isSet) {
    const isEmpty = environment['UNION_API_KEY'] === '';
    return isEmpty ? [unionFinding('client/union-key-empty', 'UNION_API_KEY holds no character.')] : [];
  }
  return environment['UNION_SERVERLESS_ENDPOINT'] === undefined
    ? []
    : [unionFinding('client/union-endpoint-wins', 'UNION_SERVERLESS_ENDPOINT is set.')];
}
