/** Shorter secrets can't be masked: a one-letter mask turns every such letter of the job's log into ***. */
export const SHORTEST_SECRET_CHARACTERS = 8;
/** Longer ones are no client secret that a provider issues, and every mask costs the whole job time. */
export const LONGEST_SECRET_CHARACTERS = 1024;

export type Unmaskable = 'too-short' | 'too-long' | 'masked-value' | 'placeholder' | 'equals-field';

/** Words that stand in examples and templates, in lower case. Masking one would blank ordinary text. */
const PLACEHOLDERS = new Set(
  `admin apikey api-key api_key changeit changeme change-me change_me client-id client_id client-secret client_secret
  clientid clientsecret credentials default development dummy example example-secret flyte_api_key foobar insert-here
  my-secret my_secret mysecret none not-set null object password password1 placeholder production redacted replace-me
  replace_me replaceme secret secret-value secret_value secrets staging supersecret test test-secret testsecret testtest
  to-be-set todo undefined unset value your-client-secret your-secret your_client_secret your_secret yoursecret`.split(
    /\s+/,
  ),
);

/**
 * Whether a secret can be masked, judged without printing anything. A secret that can't be is refused and
 * registers no mask, since the mask itself would do the damage.
 * @param others the fields that stand beside it and are printed: domain, client id, org.
 */
export function whyUnmaskable(secret: string, others: readonly string[]): Unmaskable | undefined {
  if (/^\*{3,}$/.test(secret)) {
    return 'masked-value';
  }
  if (/^([xX]{4,}|\.{3,})$/.test(secret)) {
    return 'placeholder';
  }
  if (secret.length > LONGEST_SECRET_CHARACTERS) {
    return 'too-long';
  }
  const bare = secret
    .toLowerCase()
    .replace(/^[<{[($]+|[>}\])]+$/g, '')
    .trim();
  if (PLACEHOLDERS.has(bare) || /^\$?\{\{.*\}\}$/.test(secret)) {
    return 'placeholder';
  }
  const names = others.filter((other) => other !== '').flatMap((other) => [other, ...other.split('.')]);
  if (names.some((name) => name.toLowerCase() === secret.toLowerCase())) {
    return 'equals-field';
  }
  return secret.length < SHORTEST_SECRET_CHARACTERS ? 'too-short' : undefined;
}
