import { isJsonObject, type JsonObject, member, stringMember } from '../../transport/json.ts';
import type { RecordPlace, SecretRecord, SecretRecordSource } from '../identity-provider.ts';
import { sameSecret } from './same-secret.ts';

/**
 * Keycloak knows when it made a secret, and with a policy for its rotation when it ends; and the same of the one that
 * it replaced. Source: keycloak/keycloak ClientSecretConstants.java, OIDCClientSecretConfigWrapper.java,
 * ClientSecretRotationExecutor.java, ClientIdAndSecretAuthenticator.java.
 */
export const KEYCLOAK_SECRETS: SecretRecordSource = {
  address({ issuer, clientId }) {
    const realm = realmOf(issuer);
    return (
      realm && new URL(`${realm.base}/admin/realms/${realm.name}/clients?clientId=${encodeURIComponent(clientId)}`)
    );
  },
  authorization: (token) => `Bearer ${token}`,
  tokenEndpoint: (issuer) =>
    realmOf(issuer) && {
      address: new URL(`${issuer.href.replace(/\/$/, '')}/protocol/openid-connect/token`),
      scope: '',
    },
  read(answer, place) {
    if (!Array.isArray(answer)) {
      return undefined;
    }
    const client = answer.filter(isJsonObject).find((one) => stringMember(one, 'clientId') === place.clientId);
    return client === undefined ? 'app-not-found' : recordsOf(client, place);
  },
};

/** An issuer is its base, /realms/ and the realm; the admin API lies below the same base. */
function realmOf({ origin, pathname }: URL): { base: string; name: string } | undefined {
  const [, path = '', name] = /^(.*)\/realms\/([^/]+)\/?$/.exec(pathname) ?? [];
  return name === undefined ? undefined : { base: `${origin}${path}`, name };
}

function recordsOf(client: JsonObject, { clientSecret }: RecordPlace): SecretRecord[] {
  const found = member(client, 'attributes') ?? null;
  const attributes = isJsonObject(found) ? found : {};
  const created = secondsIn(attributes, 'client.secret.creation.time');
  const expires = secondsIn(attributes, 'client.secret.expiration.time');
  const current: SecretRecord = {
    id: 'current',
    ...(created !== undefined && { created }),
    ...(expires !== undefined && { expires }),
    isActive: true,
    ...sameSecret(stringMember(client, 'secret'), clientSecret),
  };
  const rotated = stringMember(attributes, 'client.secret.rotated') ?? '';
  // The time of the rotation: the secret itself is older, but it is its end that counts.
  const rotatedAt = secondsIn(attributes, 'client.secret.rotated.creation.time');
  const rotatedEnd = secondsIn(attributes, 'client.secret.rotated.expiration.time');
  if (rotated === '' || rotatedAt === undefined) {
    return [current];
  }
  return [
    current,
    {
      id: 'rotated',
      created: rotatedAt,
      // When the current secret has expired, Keycloak refuses both; without an end of its own this one has expired.
      ...(rotatedEnd !== undefined && { expires: Math.min(rotatedEnd, expires ?? rotatedEnd) }),
      isActive: rotatedEnd !== undefined,
      ...sameSecret(rotated, clientSecret),
    },
  ];
}

/** @returns milliseconds since 1970; undefined for 0 too, by which Keycloak means none. */
function secondsIn(attributes: JsonObject, name: string): number | undefined {
  const text = stringMember(attributes, name) ?? '';
  return /^[1-9]\d{8,10}$/.test(text) ? Number(text) * 1000 : undefined;
}
