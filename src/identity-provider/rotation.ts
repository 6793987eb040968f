import type { SecretRotation } from './identity-provider.ts';

/** What may stand in a code span and in a command as it is: no other word, and no option. */
const PLAIN = /^[\w.@:/+][\w.@:/+-]{0,199}$/;

/** The lines of a rotation with the name of this app, or with a placeholder where it could be more than a name. */
export function withClientId(
  { newSecret, oldSecret, notes }: SecretRotation,
  clientId: string,
): Omit<SecretRotation, 'overlap'> {
  const shown = PLAIN.test(clientId) ? clientId : '<client id>';
  const fill = (lines: readonly string[]): string[] => lines.map((line) => line.replaceAll('{client-id}', () => shown));
  return { newSecret: fill(newSecret), oldSecret: fill(oldSecret), notes: fill(notes) };
}
