/** What stands in the place of a secret: stars, and the name under which a vault has it. */
const NO_SECRET = /^(?:\**|\$\{vault\..*\})$/;

/**
 * Whether a record is that of the secret in the key, where its value is known on both sides.
 * Source: keycloak/keycloak StripSecretsUtils.java, maskNonVaultValue.
 */
export function sameSecret(value: string | undefined, clientSecret: string | undefined): { isThis?: boolean } {
  return value === undefined || clientSecret === undefined || NO_SECRET.test(value)
    ? {}
    : { isThis: value === clientSecret };
}
