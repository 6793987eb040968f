import { createHash } from 'node:crypto';
import { type FaultCase, KINDS, type Kind } from './fault-case.ts';
import { BODY_CASES } from './kinds/bodies.ts';
import { CLOCK_CASES } from './kinds/clocks.ts';
import { CONNECTION_CASES } from './kinds/connections.ts';
import { GITHUB_CASES } from './kinds/github.ts';
import { GRANT_CASES } from './kinds/grants.ts';
import { JSON_CASES } from './kinds/json.ts';
import { PROXY_CASES } from './kinds/proxies.ts';
import { REDIRECT_CASES } from './kinds/redirects.ts';
import { RETRY_AFTER_CASES } from './kinds/retry-after.ts';
import { REVOCATION_CASES } from './kinds/revocations.ts';
import { RUNNER_FILE_CASES } from './kinds/runner-files.ts';
import { STATUS_CASES } from './kinds/statuses.ts';
import { TLS_CASES } from './kinds/tls.ts';
import { TRANSIENT_CASES } from './kinds/transients.ts';

export const ALL_CASES: readonly FaultCase[] = [
  ...CONNECTION_CASES,
  ...TLS_CASES,
  ...STATUS_CASES,
  ...REDIRECT_CASES,
  ...RETRY_AFTER_CASES,
  ...BODY_CASES,
  ...JSON_CASES,
  ...GRANT_CASES,
  ...PROXY_CASES,
  ...CLOCK_CASES,
  ...RUNNER_FILE_CASES,
  ...GITHUB_CASES,
  ...REVOCATION_CASES,
  ...TRANSIENT_CASES,
];

/** As one line; no two are alike. */
export function nameOf({ kind, step, title }: FaultCase): string {
  return `${kind}, ${step.title}: ${title}`;
}

/** So much of all cases, the same for the same seed, and at least one of each kind. @param share 0 to 1. */
export function choose(cases: readonly FaultCase[], share: number, seed: string): FaultCase[] {
  const order = (one: FaultCase): string =>
    createHash('sha256')
      .update(`${seed}\n${nameOf(one)}`)
      .digest('hex');
  return (Object.keys(KINDS) as Kind[]).flatMap((kind) => {
    const ofKind = cases.filter((one) => one.kind === kind).map((one) => ({ one, key: order(one) }));
    ofKind.sort((left, right) => (left.key < right.key ? -1 : 1));
    return ofKind.slice(0, Math.ceil(ofKind.length * share)).map(({ one }) => one);
  });
}
