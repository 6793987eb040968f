import { definitionOf, type Finding, FindingError } from '../findings/finding.ts';
import { StepInputs } from '../github/inputs.ts';
import { checkDebugging, checkProcess } from '../github/runner-files.ts';
import { AUTH_INPUTS } from '../inputs/auth-inputs.ts';
import type { Given, OptionDefinition } from './command.ts';
import { type Terminal, UsageError } from './terminal.ts';

/** The inputs of the action that say how the network is reached, as options. */
export const REACH_OPTIONS = {
  'ca-certificates': { value: 'FILE', description: 'certificate authorities to trust beside the public ones' },
  'connect-to': {
    value: 'MAPPING',
    repeats: true,
    isRare: true,
    description: 'host:port:address:port as curl has it, for tests (repeats)',
  },
  'timeout-seconds': {
    value: 'SECONDS',
    isRare: true,
    description: `of one request; ${AUTH_INPUTS['timeout-seconds']} unless given`,
  },
  'deadline-seconds': { value: 'SECONDS', isRare: true, description: 'of all requests' },
  retries: {
    value: 'COUNT',
    isRare: true,
    description: `of what waiting can cure; ${AUTH_INPUTS.retries} unless given`,
  },
} as const satisfies Readonly<Record<string, OptionDefinition>>;

/** The inputs of the action that say how a trial sign-in goes, as options. */
export const TRIAL_OPTIONS = {
  'token-url': { value: 'ADDRESS', description: 'pin the token endpoint: the secret goes nowhere else' },
  'allowed-audience': { value: 'AUDIENCE', repeats: true, description: 'what the control plane accepts (repeats)' },
  'subject-claims': { value: 'CLAIM', repeats: true, description: 'its subjectClaimNames (repeats)' },
  'app-claims': { value: 'CLAIM=VALUE', repeats: true, description: 'its identityTypeClaimsForApps (repeats)' },
  'control-plane': { value: 'KIND', description: 'judge as auto, union, flyte1 or flyte2' },
  ...REACH_OPTIONS,
} as const satisfies Readonly<Record<string, OptionDefinition>>;

/** Options as the action would get them, each value of a list on a line of its own. */
export function stepInputs(
  names: readonly string[],
  given: Given<string>,
  others: Readonly<Record<string, string | undefined>>,
): StepInputs {
  const options = names.map((name) => {
    const flag = given.flag(name) ? 'true' : undefined;
    return [name, given.text(name) ?? given.texts(name)?.join('\n') ?? flag] as const;
  });
  const all = [...options, ...Object.entries(others)];
  return new StepInputs(Object.fromEntries(all.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value ?? ''])));
}

/** @throws UsageError where the process would send or print a secret in a way that nobody expects. */
export function refuseUnsafeProcess({ environment }: Terminal): void {
  refuse(checkProcess(environment));
}

/**
 * For every command, also one that sends nothing: Node would write what comes on standard input to standard error.
 * @throws UsageError where it would.
 */
export function refuseDebugging({ environment }: Terminal): void {
  refuse(checkDebugging(environment));
}

function refuse(finding: Finding | undefined): void {
  if (finding !== undefined) {
    throw asUsageError(new FindingError(finding));
  }
}

/** What stopped a command before it did anything, in one line. */
export function asUsageError({ finding }: FindingError): UsageError {
  const { title, fix } = definitionOf(finding);
  return new UsageError(`${title}. ${finding.detail} ${fix} (${finding.code})`);
}
