import { CATALOGUE, type FindingCode } from '../../src/catalogue.ts';
import type { FindingDefinition } from '../../src/findings/finding.ts';

/** The hosts of the lab: one for each step of the network, so that a fault can meet one of them alone. */
export const HOSTS = {
  controlPlane: 'union.example.test',
  issuer: 'login.example.test',
  token: 'token.example.test',
  keySet: 'keys.example.test',
  gitHub: 'api.github.com',
} as const;

export type StepName =
  | 'discovery'
  | 'provider-metadata'
  | 'token'
  | 'key-set'
  | 'identity'
  | 'reminder-workflow'
  | 'reminder';

export interface Step {
  readonly name: StepName;
  readonly title: string;
  readonly host: string;
  readonly action: 'main' | 'rotation-reminder';
  /** Laid over the inputs of a plain run. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Its host serves an earlier step too, so the fault begins only when the token is asked for. */
  readonly isLater: boolean;
  /** More requests than this in one run, for each that `retries` allows, are too many. */
  readonly mostRequests: number;
  /** Whether what waiting can cure is asked again. */
  readonly isRepeated: boolean;
}

/** How a run ends: its exit code, and the one finding that says why. */
export interface Ending {
  readonly level: 'error' | 'warning' | 'note' | 'none';
  readonly code?: FindingCode;
  /** Warnings that follow from it. */
  readonly others?: readonly FindingCode[];
  /** What stands in the log. */
  readonly says?: string;
}

const step = (name: StepName, title: string, host: string, more: Partial<Step> = {}): Step => ({
  name,
  title,
  host,
  action: 'main',
  inputs: {},
  isLater: false,
  mostRequests: 1,
  isRepeated: true,
  ...more,
});

export const STEPS: Readonly<Record<StepName, Step>> = {
  // Two halves at once, by three routes. With a pin a run could go on without it.
  discovery: step('discovery', 'discovery', HOSTS.controlPlane, { inputs: { 'token-url': '' }, mostRequests: 6 }),
  // By two names.
  'provider-metadata': step('provider-metadata', "provider's metadata", HOSTS.issuer, { mostRequests: 2 }),
  // And once more with the credentials in the body.
  token: step('token', 'token exchange', HOSTS.token, { mostRequests: 2 }),
  'key-set': step('key-set', 'key set', HOSTS.keySet),
  // By Connect, then from the gateway.
  identity: step('identity', 'who is calling', HOSTS.controlPlane, {
    inputs: { verify: 'deployment' },
    isLater: true,
    mostRequests: 2,
    isRepeated: false,
  }),
  'reminder-workflow': step('reminder-workflow', '`reminder-workflow`', HOSTS.gitHub, {
    inputs: { 'reminder-workflow': 'rotation-reminder.yml' },
    isRepeated: false,
  }),
  reminder: step('reminder', 'rotation reminder', HOSTS.gitHub, { action: 'rotation-reminder' }),
};

/** For faults that pass: where the token is asked for is pinned, as the guard of the secret wants it in this lab. */
export const PINNED_DISCOVERY: Step = { ...STEPS.discovery, inputs: {} };

export const ALL_STEPS: readonly Step[] = Object.values(STEPS);

/** One of each way in which answers are read: binary messages, the token's, a document, and GitHub's. */
export const READING_STEPS: readonly Step[] = [STEPS.discovery, STEPS.token, STEPS['key-set'], STEPS.reminder];

export const fails = (code: FindingCode): Ending => ({ level: 'error', code });
export const warns = (code: FindingCode, says?: string): Ending => ({ level: 'warning', code, ...(says && { says }) });
export const notes = (code: FindingCode, says?: string): Ending => ({ level: 'note', code, ...(says && { says }) });
/** Nothing is wrong with the run; with `says`, the list of requests tells what happened. */
export const passes = (says?: string): Ending => ({ level: 'none', ...(says && { says }) });

/** How a run ends where a step meets a fault of the network that has this code. */
export function endingOf({ name }: Step, code: FindingCode): Ending {
  switch (name) {
    case 'provider-metadata':
      // Only a side matter: the run goes on without it, and the list of requests tells.
      return passes(`${code}  GET ${HOSTS.issuer}/`);
    case 'key-set':
      return warns('key-set/unavailable');
    case 'reminder-workflow':
      return notes('rotation/reminder-not-checked', `(${code})`);
    case 'reminder':
      return waitingHelps(code) ? warns(code) : fails(code);
    default:
      return fails(code);
  }
}

/** Whether the same request may succeed later. */
function waitingHelps(code: FindingCode): boolean {
  return (CATALOGUE[code] as FindingDefinition).waitingHelps === true;
}
