import { table } from '../../scripts/docs/markdown.ts';
import { answers } from './answers.ts';
import type { FaultCase } from './fault-case.ts';
import type { FaultLab } from './fault-lab.ts';
import { play } from './play.ts';
import { fails, passes, STEPS } from './steps.ts';

/** One fault, as it was measured of others, and of us in this run. */
export interface PeerRow {
  readonly title: string;
  readonly ours: string;
  readonly others: readonly string[];
}

/**
 * Measured once, on another day and another machine: one run each, with the fault at the call that signs in. Seconds, and in
 * brackets all requests of the run.
 */
const PEERS = [
  'hashicorp/vault-action 3.4.0',
  'Infisical/secrets-action 1.0.15',
  'actions/create-github-app-token 3.1.1, of a repository',
  'the same, of an owner',
  'pulumi/auth-actions, commit 1414159',
  'aws-actions/configure-aws-credentials 6.2.3',
  'octo-sts/action, commit 7a6ea3b',
  'google-github-actions/auth 3.0.0',
] as const;

const HTML = '<!DOCTYPE html><html><head><title>Sign in</title></head></html>';

/** With the figures that the action has by default: nothing is hurried. */
const DEFAULTS = { retries: undefined };

interface Compared {
  readonly title: string;
  readonly one: Omit<FaultCase, 'kind' | 'step' | 'title' | 'inputs'>;
  readonly others: readonly string[];
}

const COMPARED: readonly Compared[] = [
  {
    title: 'The credentials are rejected',
    one: {
      fault: answers(401, { 'content-type': 'application/json' }, '{"error":"invalid_client"}'),
      ending: fails('idp/wrong-secret'),
      requests: 2,
    },
    others: [
      'fails, 0.22 s (1)',
      'fails, 0.23 s (1), three annotations',
      'fails, 0.24 s (2)',
      'fails, 7.3 s (4)',
      'fails, 0.25 s (2)',
      'fails, 137 s (12)',
      'fails, 21 s (4)',
      'fails, 0.29 s (2)',
    ],
  },
  {
    title: '503, once',
    one: { fault: answers(503), times: 1, ending: passes(), requests: 1 },
    others: ['fails', 'fails', 'passes, 1.4 s', 'passes, 1.3 s', 'fails', 'passes, 0.4 s', 'passes, 3.0 s', 'fails'],
  },
  {
    title: '429 with `Retry-After: 1`, once',
    one: { fault: answers(429, { 'retry-after': '1' }), times: 1, ending: passes(), requests: 1 },
    others: ['fails', 'fails', 'fails', 'passes, 1.3 s', 'fails', 'passes, 1.3 s', 'passes, 2.5 s', 'fails'],
  },
  {
    title: 'The connection is reset, once',
    one: { fault: { answer: (exchange) => exchange.reset() }, times: 1, ending: passes(), requests: 1 },
    others: ['fails', 'fails', 'passes, 1.3 s', 'passes, 1.2 s', 'fails', 'passes, 0.5 s', 'passes, 7.2 s', 'fails'],
  },
  {
    title: '503 for ever',
    one: { fault: answers(503), ending: fails('idp/server-error'), requests: 3 },
    others: [
      'fails, 0.15 s',
      'fails, 0.23 s',
      'fails, 7.3 s (8)',
      'fails, 7.3 s (4)',
      'fails, 0.3 s',
      'fails, 174 s (36)',
      'fails, 20 s',
      'fails, 0.25 s',
    ],
  },
  {
    title: '200 with a web page',
    one: { fault: answers(200, { 'content-type': 'text/html' }, HTML), ending: fails('idp/html'), requests: 1 },
    others: [
      'fails',
      '**passes**, with nothing',
      '**passes**, with an empty token',
      'fails, 7.3 s',
      '**passes**, with an empty token',
      'fails, 109 s',
      'fails',
      'fails',
    ],
  },
];

const HANGING: Compared = {
  title: 'The server accepts and never answers',
  one: { fault: { answer: () => undefined }, ending: fails('network/deadline') },
  others: [
    'hangs, stopped after 200 s',
    'hangs, stopped after 200 s',
    'hangs, stopped after 200 s',
    'hangs, stopped after 200 s',
    'hangs, stopped after 330 s',
    'hangs, stopped after 330 s',
    'hangs, stopped after 330 s',
    'fails, 180 s',
  ],
};

/** Plays each to the action as it is by default: one after the other, but for the last, which mostly waits. */
export async function comparePeers(
  lab: FaultLab,
  waitingLab: FaultLab,
): Promise<{ rows: PeerRow[]; failures: string[] }> {
  const waiting = compare(HANGING, waitingLab);
  const compared = [];
  for (const each of COMPARED) {
    compared.push(await compare(each, lab));
  }
  compared.push(await waiting);
  return { rows: compared.map(({ row }) => row), failures: compared.flatMap(({ failures }) => failures) };
}

async function compare(
  { title, one, others }: Compared,
  lab: FaultLab,
): Promise<{ row: PeerRow; failures: readonly string[] }> {
  const { failures, result, seconds, requests } = await play(
    { kind: 'transient', step: STEPS.token, title, inputs: DEFAULTS, ...one },
    lab,
  );
  const word = result.exitCode === 0 ? 'passes' : 'fails';
  const code = one.ending.code === undefined ? '' : `, \`${one.ending.code}\``;
  return {
    row: { title, ours: `${word}, ${seconds.toFixed(1)} s (${requests})${code}`, others },
    failures: failures.length === 0 ? [] : [`peers: ${title}: ${failures.join('; ')}`],
  };
}

export function peersTable(rows: readonly PeerRow[]): string {
  return table(
    ['Fault', 'This action', ...PEERS],
    rows.map(({ title, ours, others }) => [title, ours, ...others]),
  );
}
