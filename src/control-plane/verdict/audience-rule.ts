import type { Advice, Finding } from '../../findings/finding.ts';
import { type JsonObject, member } from '../../transport/json.ts';
import { audienceOf } from './claims.ts';
import { goClaims, goSet } from './go-text.ts';
import { list, type Rule, severity, VERIFY_CLAIMS } from './rule.ts';
import { tokenFinding } from './token-findings.ts';

/** An array that holds anything but texts counts as no audience at all (ory/x v0.0.214 jwtx/claims.go). */
export const AUDIENCE_RULE: Rule = {
  name: 'audience',
  source: VERIFY_CLAIMS,
  judge({ claims, settings: { allowedAudience } }) {
    const { value: allowed, stated } = allowedAudience;
    const audience = audienceOf(claims);
    const serverError = `invalid audience [${goClaims(claims, audience)}], wanted [${goSet(allowed)}]`;
    if (audience.every((entry) => entry === '' && !allowed.includes(''))) {
      const detail = 'The claim aud is missing, empty, or not made of texts.';
      return [{ finding: tokenFinding('token/audience-missing', detail), serverError }];
    }
    if (audience.some((entry) => allowed.includes(entry))) {
      return [];
    }
    const basis = stated ? 'allowed-audience names' : 'It was assumed that the control plane accepts';
    const near = audience.find((entry) => allowed.some((other) => withoutSlash(entry) === withoutSlash(other)));
    const slash = near === undefined ? '' : ' They differ only by a slash at the end, and that counts.';
    const detail = `The token is for ${list(audience)}. ${basis} ${list(allowed)}.${slash}${looksLikeIdToken(claims) ? ' It looks like an ID token.' : ''}`;
    const finding: Finding = {
      ...tokenFinding('token/audience-mismatch', detail, severity(stated)),
      ...(looksLikeIdToken(claims) && { advice: ACCESS_TOKEN_INSTEAD }),
    };
    return [{ finding, serverError, assumed: !stated }];
  },
};

function withoutSlash(text: string): string {
  return text.replace(/\/$/, '');
}

/** By claims that only an ID token has (OpenID Connect Core section 2). */
function looksLikeIdToken(claims: JsonObject): boolean {
  return ['nonce', 'at_hash'].some((name) => member(claims, name) !== undefined);
}

const ACCESS_TOKEN_INSTEAD: Advice = {
  cause: 'An ID token is for the app that signs in, and an access token is needed.',
  fix: 'Send what the token endpoint answers as `access_token`, not its `id_token`.',
};
