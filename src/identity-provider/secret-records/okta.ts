import { isJsonObject, type JsonObject, member, stringMember } from '../../transport/json.ts';
import type { RecordPlace, SecretRecord, SecretRecordSource } from '../identity-provider.ts';
import { instantIn } from './instant.ts';
import { sameSecret } from './same-secret.ts';

/**
 * Okta knows when it made each of the two secrets that an app can hold, and no end.
 * Source: okta/okta-management-openapi-spec, GET /api/v1/apps/{appId}/credentials/secrets. The id of an app with a
 * client secret is its client id.
 */
export const OKTA_SECRETS: SecretRecordSource = {
  address: ({ issuer, clientId }) =>
    new URL(`/api/v1/apps/${encodeURIComponent(clientId)}/credentials/secrets`, issuer.origin),
  // An API token of an administrator has a scheme of its own; an access token is a JWT.
  authorization: (token) => (token.split('.').length === 3 ? `Bearer ${token}` : `SSWS ${token}`),
  read: (answer, place) =>
    Array.isArray(answer) ? answer.filter(isJsonObject).map((one) => recordIn(one, place)) : undefined,
};

function recordIn(secret: JsonObject, { clientSecret }: RecordPlace): SecretRecord {
  const created = instantIn(stringMember(secret, 'created'));
  return {
    id: stringMember(secret, 'id') ?? '',
    ...(created !== undefined && { created }),
    isActive: member(secret, 'status') === 'ACTIVE',
    ...sameSecret(stringMember(secret, 'client_secret'), clientSecret),
  };
}
