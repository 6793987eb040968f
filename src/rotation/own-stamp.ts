import { encodeUnchecked } from '../api-key/encode.ts';
import type { Finding } from '../findings/finding.ts';
import type { Json } from '../transport/json.ts';
import { rotationFinding } from './findings.ts';
import { dateOf } from './instants.ts';
import { isStampOf, readStamp, type Stamp } from './stamp.ts';
import type { WatchedKey } from './watched-key.ts';

/**
 * The stamp of a key, where it can be read and is not that of another key.
 * @param credentials the key, where it is at hand to compare with.
 * @param what it is called in a finding.
 */
export function readOwnStamp(
  value: Json | undefined,
  credentials: WatchedKey['credentials'],
  what: string,
): { readonly stamp?: Stamp; readonly findings: readonly Finding[] } {
  if (value === undefined || value === null || value === '') {
    return { findings: [] };
  }
  const stamp = readStamp(value);
  if (stamp === undefined) {
    return { findings: [rotationFinding('rotation/stamp-unreadable', `${what} is no stamp.`)] };
  }
  if (credentials !== undefined && isOfAnother(stamp, credentials)) {
    const detail = `${what} holds a stamp of ${dateOf(stamp.created)}, which was made for another key.`;
    return { findings: [rotationFinding('rotation/stamp-of-another-key', detail)] };
  }
  return { stamp, findings: [] };
}

/** A stamp is made from the key, or from the client secret alone. Where a run has no secrets there is nothing to say. */
function isOfAnother(stamp: Stamp, credentials: NonNullable<WatchedKey['credentials']>): boolean {
  const [secret, ...others] =
    'apiKey' in credentials ? [credentials.apiKey] : [credentials.clientSecret, encodeUnchecked(credentials)];
  return secret !== '' && [secret ?? '', ...others].every((text) => isStampOf(stamp, text) === false);
}
