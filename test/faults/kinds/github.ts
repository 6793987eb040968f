import type { FindingCode } from '../../../src/catalogue.ts';
import type { Answer } from '../../lab/answers.ts';
import { type GitHubFault, htmlPage, secondaryLimit, unavailable } from '../../lab/github/faults.ts';
import type { FaultCase } from '../fault-case.ts';
import { type Ending, endingOf, fails, notes, passes, STEPS, warns } from '../steps.ts';

const OPENING = /^POST .*\/issues$/;
const LISTING = /^GET .*\/issues/;
const RUNS = /^GET .*\/runs$/;
const ALWAYS = 99;

function faultCase(title: string, fault: GitHubFault, ending: Ending, more: Partial<FaultCase> = {}): FaultCase {
  return {
    kind: 'github',
    step: STEPS.reminder,
    title,
    arrange({ github }) {
      github.faults.push({ times: ALWAYS, ...fault });
      return {};
    },
    ending,
    ...more,
  };
}

/** What is answered to the opening of an issue, which is never sent twice. */
const OPENINGS: readonly (readonly [string, FindingCode, Answer, boolean?])[] = [
  ['a reset', 'github/answer-lost', { reset: true }],
  ['a reset after it was done', 'github/answer-lost', { reset: true }, true],
  ['500', 'github/answer-lost', { status: 500, body: { message: 'Server Error' } }],
  ['502 after it was done', 'github/answer-lost', { status: 502, body: 'x' }, true],
  ['503', 'github/answer-lost', { status: 503 }],
  ['504 after it was done', 'github/answer-lost', { status: 504 }, true],
  ['403', 'github/no-permission', { status: 403, body: { message: 'Resource not accessible by integration' } }],
  ['404', 'github/not-found', { status: 404, body: { message: 'Not Found' } }],
  ['410', 'github/issues-disabled', { status: 410, body: { message: 'Issues has been disabled in this repository.' } }],
  ['422', 'github/refused', { status: 422, body: { message: 'Validation Failed ::error::x' } }],
  [
    '403, archived',
    'github/repository-archived',
    { status: 403, body: { message: 'Repository was archived so is read-only.' } },
  ],
  ['301', 'github/moved', { status: 301, headers: { location: 'https://api.github.com/repositories/7/issues' } }],
  ['429 without a time', 'github/secondary-limit', { status: 429, body: { message: 'slow down' } }],
  [
    '429 for an hour',
    'github/secondary-limit',
    { status: 429, headers: { 'retry-after': '3600' }, body: { message: 'x' } },
  ],
  ['403, the hour is used up', 'github/rate-limited', limit(3_600)],
  [
    'a web page',
    'github/unreadable-answer',
    { headers: { 'content-type': 'text/html' }, body: '<html>Sign in</html>' },
  ],
  ['a list', 'github/unreadable-answer', { status: 201, body: [] }],
  ['an object without a number', 'github/unreadable-answer', { status: 201, body: {} }],
];

function limit(seconds: number): Answer {
  return {
    status: 403,
    headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + seconds) },
    body: { message: 'API rate limit exceeded for installation ID 1.' },
  };
}

/** Steps of the reminder that write, and what the second request of `reminder-workflow` meets. */
export const GITHUB_CASES: readonly FaultCase[] = [
  ...OPENINGS.map(([title, code, answer, afterEffect = false]) =>
    faultCase(`opening an issue: ${title}`, { matches: OPENING, answer, afterEffect }, endingOf(STEPS.reminder, code)),
  ),
  faultCase('opening an issue: no answer', { matches: OPENING, answer: { hang: true } }, warns('github/answer-lost'), {
    inputs: { 'timeout-seconds': '2' },
  }),
  faultCase('a secondary limit for an hour', secondaryLimit(LISTING, 3_600), warns('github/secondary-limit')),
  faultCase('a secondary limit without a time', secondaryLimit(LISTING), warns('github/secondary-limit')),
  faultCase('the hour is used up', { matches: LISTING, answer: limit(3_600) }, warns('github/rate-limited')),
  faultCase('a sign-in page', htmlPage(LISTING), fails('github/unreadable-answer')),
  faultCase(
    'the next page is on another host',
    { matches: LISTING, answer: { body: [], headers: { link: '<https://evil.example.test/x>; rel="next"' } } },
    fails('github/unreadable-answer'),
  ),
  faultCase(
    'the next page is itself',
    {
      matches: LISTING,
      times: Infinity,
      answer: {
        body: [],
        headers: { link: '<https://api.github.com/repos/octo-org/deployments/issues?page=2>; rel="next"' },
      },
    },
    fails('github/too-many-issues'),
  ),
  faultCase('half of a list', { matches: LISTING, cutAfterBytes: 1 }, warns('network/connection-lost')),
  ...[401, 403, 404, 429, 500, 503].map((status) =>
    faultCase(
      `the runs of the workflow: ${status}`,
      { matches: RUNS, answer: { status, body: { message: 'x' } } },
      notes('rotation/reminder-not-checked'),
      { step: STEPS['reminder-workflow'] },
    ),
  ),
  ...(
    [
      ['null', 'null'],
      ['a list', '[]'],
      ['a text', '"x"'],
    ] as const
  ).map(([title, body]) =>
    faultCase(
      `the runs of the workflow: ${title}`,
      { matches: RUNS, answer: { headers: { 'content-type': 'application/json' }, body } },
      notes('rotation/reminder-not-checked'),
      { step: STEPS['reminder-workflow'] },
    ),
  ),
  ...[502, 503, 504].map((status) =>
    faultCase(`${status} once`, { ...unavailable(LISTING, status), times: 1 }, passes(), { kind: 'transient' }),
  ),
  faultCase('a secondary limit of a second, once', { ...secondaryLimit(OPENING, 1), times: 1 }, passes(), {
    kind: 'transient',
  }),
];
