import type { FaultLab } from './fault-lab.ts';
import type { Fault } from './fault-server.ts';
import type { Ending, Step } from './steps.ts';

/** The kinds of fault, as docs/reliability.md has them. */
export const KINDS = {
  names: 'The name service fails, or gives an address that is never a deployment',
  refusal: 'The connection is refused',
  reset: 'The connection is reset: before TLS, in TLS, before, in and after the headers',
  close: 'The connection is closed at the same places',
  silence: 'The server accepts and says nothing, from each of these places on',
  slow: 'Headers and bodies that come byte by byte',
  deadline: 'The time for the whole run is over first',
  tls: 'Certificates and handshakes',
  status: 'Statuses from 400 to 599, and odd ones of success',
  redirect: 'Redirects, each to seven kinds of target',
  'retry-after': '429 with each form of Retry-After',
  page: 'Web pages and wrong content types',
  body: 'Bodies that are cut, huge, packed, or no UTF-8',
  syntax: 'Answers that are no HTTP/1.1',
  json: 'JSON of every kind, right and wrong',
  proxy: 'The proxy refuses, fails, is silent or is not there',
  clock: 'Clocks that are ten minutes off',
  'runner-files': 'Files of the runner that are missing, full or read-only',
  github: 'What else GitHub can not or may not do',
  revocation: 'The trial token can not be revoked',
  transient: 'Faults that pass',
} as const;

export type Kind = keyof typeof KINDS;

export type Inputs = Readonly<Record<string, string | undefined>>;

/** What a case adds to the world around the step. */
export interface Arranged {
  readonly inputs?: Inputs;
  readonly environment?: Readonly<Record<string, string>>;
  /** Lines beside those that lead to the lab. */
  readonly connectTo?: readonly string[];
  /** How often the fault was met: must be at all. */
  readonly met?: () => number;
  /** What a wrong server saw: must be nothing. */
  readonly strayed?: () => number;
  readonly stop?: () => Promise<void>;
}

export interface FaultCase {
  readonly kind: Kind;
  /** The step that meets the fault. */
  readonly step: Step;
  readonly title: string;
  /** What the server of the step plays. */
  readonly fault?: Fault;
  /** How many connections meet it; all where it is not said. */
  readonly times?: number;
  /** The host of the step is looked up in DNS. */
  readonly isUnmapped?: true;
  readonly inputs?: Inputs;
  readonly environment?: Readonly<Record<string, string>>;
  readonly arrange?: (lab: FaultLab) => Arranged | Promise<Arranged>;
  readonly ending: Ending;
  /** How many requests met the fault, where that is one number. */
  readonly requests?: number;
}

/** `retries` of a case that does not say. One is enough to see whether there is one at all. */
export const RETRIES = 1;
