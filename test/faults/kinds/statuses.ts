import { answers } from '../answers.ts';
import type { FaultCase } from '../fault-case.ts';
import { endingOfStatus, requestsOf } from '../status-endings.ts';
import { ALL_STEPS, type Ending, fails, STEPS, type Step, warns } from '../steps.ts';

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** Of RFC 9110 and its registry, and those that proxies and clouds made up. */
const EVERY_STATUS = [
  ...range(400, 418),
  ...range(420, 426),
  ...[428, 429, 430, 431, 440, 444, 449, 450, 451, 460, 463],
  ...range(494, 499),
  ...range(500, 511),
  ...range(520, 530),
  ...[540, 561, 598, 599, 600, 999],
];

const COMMON_STATUSES = [
  ...[400, 401, 403, 404, 405, 407, 408, 410, 412, 415, 418, 421, 422, 425, 429, 431, 451],
  ...[500, 501, 502, 503, 504, 507, 511, 520, 530, 599],
];

const REFUSALS: readonly FaultCase[] = ALL_STEPS.flatMap((step) =>
  (step.name === 'token' ? EVERY_STATUS : COMMON_STATUSES).map((status): FaultCase => {
    return {
      kind: 'status',
      step,
      title: String(status),
      fault: answers(status, { 'content-type': 'text/plain' }, 'a fault'),
      ending: endingOfStatus(step, status),
      requests: requestsOf(step, status),
    };
  }),
);

/** Success that holds nothing. */
const ODD_SUCCESS: readonly FaultCase[] = [201, 202, 203, 204, 205, 206, 226].flatMap((status): FaultCase[] => {
  const fault = answers(status, { 'content-type': 'text/plain' }, status === 204 ? '' : 'a fault');
  const at = (step: Step, ending: Ending): FaultCase => ({
    kind: 'status',
    step,
    title: String(status),
    fault,
    ending,
  });
  return [at(STEPS.token, fails('idp/not-json')), at(STEPS['key-set'], warns('key-set/unavailable'))];
});

/** What is said by the status alone. */
export const STATUS_CASES: readonly FaultCase[] = [...REFUSALS, ...ODD_SUCCESS];
