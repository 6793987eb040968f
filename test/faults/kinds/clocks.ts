import type { FindingCode } from '../../../src/catalogue.ts';
import { preload } from '../../e2e/preload.ts';
import type { FaultCase } from '../fault-case.ts';
import type { FaultLab } from '../fault-lab.ts';
import { type Ending, fails, passes, STEPS, warns } from '../steps.ts';

const TEN_MINUTES = 600;

/** The clock of the runner, so many seconds off: that of the kernel can't be set for one process. */
function runnerClock(seconds: number): Record<string, string> {
  return preload(`const now = Date.now; Date.now = () => now() + ${seconds * 1000};
    const Real = Date; globalThis.Date = class extends Real {
      constructor(...given) { super(...(given.length === 0 ? [Date.now()] : given)); }
      static now() { return now() + ${seconds * 1000}; }
    };`);
}

interface ProviderClock {
  /** Of the header Date; undefined: right. */
  readonly dateIsOff?: number;
  /** In place of a date. */
  readonly date?: string;
  /** Of the times in the token. */
  readonly tokenIsOff?: number;
  readonly lifetime?: number;
}

function providerClock(lab: FaultLab, { dateIsOff, date, tokenIsOff = 0, lifetime = 3_600 }: ProviderClock): void {
  const { provider } = lab.deployment;
  provider.on('POST', provider.paths.token, async () => {
    const issued = Math.floor(Date.now() / 1000) + tokenIsOff;
    const header =
      date ?? (dateIsOff === undefined ? undefined : new Date(Date.now() + dateIsOff * 1000).toUTCString());
    return {
      ...(header !== undefined && { headers: { date: header } }),
      body: {
        access_token: await lab.signToken({ iat: issued, nbf: issued, exp: issued + lifetime }),
        token_type: 'Bearer',
        expires_in: lifetime,
      },
    };
  });
}

/** Of `iat` and of `nbf`. */
const BOTH_TIMES = ['token/not-yet-valid', 'token/not-yet-valid'] as const;

/** Where the clocks differ nobody can tell which is wrong, so what the token fails by is in doubt too. */
function doubted(...others: FindingCode[]): Ending {
  return { level: 'warning', code: 'idp/clock-differs', others };
}

const CASES: readonly (readonly [title: string, clock: ProviderClock, runnerIsOff: number, ending: Ending])[] = [
  ['the provider is 10 minutes behind', off(-TEN_MINUTES), 0, warns('idp/clock-differs')],
  ['the provider is 10 minutes ahead', off(TEN_MINUTES), 0, warns('idp/clock-differs')],
  ['the runner is 10 minutes behind', {}, -TEN_MINUTES, warns('idp/clock-differs')],
  ['the runner is 10 minutes ahead', {}, TEN_MINUTES, warns('idp/clock-differs')],
  ['both are 10 minutes ahead', off(TEN_MINUTES), TEN_MINUTES, passes()],
  ['the provider is 20 seconds behind', off(-20), 0, passes()],
  ['the token is 10 minutes ahead of the Date', { tokenIsOff: TEN_MINUTES }, 0, fails('token/not-yet-valid')],
  [
    'the token expired 10 minutes ago',
    { tokenIsOff: -2 * TEN_MINUTES, lifetime: TEN_MINUTES },
    0,
    fails('token/expired'),
  ],
  ['no readable Date', { date: 'yesterday' }, 0, passes()],
  ['an empty Date', { date: '' }, 0, passes()],
  ['a Date of the year 9999', { date: 'Fri, 31 Dec 9999 23:59:59 GMT' }, 0, doubted('token/expired')],
  ['a Date of 1970', { date: 'Thu, 01 Jan 1970 00:00:00 GMT' }, 0, doubted(...BOTH_TIMES)],
  ['a Date 10 minutes behind the token', { dateIsOff: -TEN_MINUTES }, 0, doubted(...BOTH_TIMES)],
  ['a Date 10 minutes ahead of the token', { dateIsOff: TEN_MINUTES }, 0, doubted()],
];

function off(seconds: number): ProviderClock {
  return { dateIsOff: seconds, tokenIsOff: seconds };
}

/** The clock of the runner, of the provider, or of what made the token. */
export const CLOCK_CASES: readonly FaultCase[] = [
  ...CASES.map(([title, clock, runnerIsOff, ending]): FaultCase => {
    return {
      kind: 'clock',
      step: STEPS.token,
      title,
      environment: runnerIsOff === 0 ? {} : runnerClock(runnerIsOff),
      arrange(lab) {
        providerClock(lab, clock);
        return {};
      },
      ending,
    };
  }),
  ...[-TEN_MINUTES, TEN_MINUTES].map(
    (seconds): FaultCase => ({
      kind: 'clock',
      step: STEPS.reminder,
      title: `the runner is 10 minutes ${seconds > 0 ? 'ahead' : 'behind'}`,
      environment: runnerClock(seconds),
      ending: passes(),
    }),
  ),
];
