import { type JsonObject, member } from '../../transport/json.ts';
import { type Outcome, type Rule, severity } from './rule.ts';
import { tokenFinding } from './token-findings.ts';

/** As far as clocks of servers that are kept in step drift apart. Beyond it a token from the future is no accident. */
const CLOCK_DRIFT_SECONDS = 5;

/** The year 5138 in seconds, and 1973 in milliseconds. */
const LATEST_IN_SECONDS = 100_000_000_000;

/** `exp`, `iat` and `nbf`, each only where present and not 0, in whole seconds, without leeway. The last fault is told. */
export const TIME_RULE: Rule = {
  name: 'time',
  source: 'golang-jwt/jwt v4.5.2 map_claims.go, MapClaims.Valid',
  judge({ claims, clock }) {
    const now = Math.floor(clock.nowSeconds);
    const outcomes: Outcome[] = [];
    if (member(claims, 'exp') === undefined || member(claims, 'exp') === 0) {
      outcomes.push({ finding: tokenFinding('token/never-expires', 'The token has no claim exp.') });
    }
    for (const [name, words] of [
      ['exp', 'Token is expired'],
      ['iat', 'Token used before issued'],
      ['nbf', 'Token is not valid yet'],
    ] as const) {
      const value = member(claims, name);
      const serverError = `failed to validate token: ${words}`;
      if (value === undefined || value === 0) {
        continue;
      }
      if (typeof value !== 'number') {
        const detail = `The claim ${name} is not a number. The control plane says "${words}" to that.`;
        outcomes.push({ finding: tokenFinding('token/claim-of-wrong-type', detail), serverError });
        continue;
      }
      const seconds = wholeSeconds(value);
      if (name === 'exp' && now >= seconds) {
        const life = lifetimeOf(claims, seconds);
        const validity = life > 0 ? ` It was valid for ${life} s.` : '';
        const detail = `The token expired ${now - seconds} s ago.${validity}`;
        outcomes.push({ finding: tokenFinding('token/expired', detail, severity(clock.isSure)), serverError });
      }
      const early = seconds - now;
      if (name !== 'exp' && early > clock.grainSeconds) {
        const unit = seconds > LATEST_IN_SECONDS ? ' It looks like milliseconds, and is read as seconds.' : '';
        const detail = `The claim ${name} lies ${early} s in the future.${unit}`;
        const isCertain = clock.isSure && early > CLOCK_DRIFT_SECONDS;
        outcomes.push({ finding: tokenFinding('token/not-yet-valid', detail, severity(isCertain)), serverError });
      }
    }
    const last = outcomes.findLast(({ serverError }) => serverError !== undefined)?.serverError;
    return outcomes.map((outcome) =>
      outcome.serverError === undefined || last === undefined ? outcome : { ...outcome, serverError: last },
    );
  },
};

/** In seconds; 0 or less where the token was never valid, or does not say since when. */
function lifetimeOf(claims: JsonObject, expiry: number): number {
  const issued = member(claims, 'iat');
  return typeof issued === 'number' ? expiry - wholeSeconds(issued) : 0;
}

/** Between the year 1, from which Go counts, and 1970. */
const SECONDS_BEFORE_1970 = 62_135_596_800;

/** As time.Unix takes a float64: fractions are cut off, and what int64 can not hold lies in the far past. */
function wholeSeconds(value: number): number {
  return Math.abs(value) >= 2 ** 63 - SECONDS_BEFORE_1970 ? -(2 ** 63) : Math.trunc(value);
}
