import { describe, expect, it } from 'vitest';
import { FindingError } from '../../src/findings/finding.ts';
import { readKeys, readWrittenKeys, type WrittenKey } from '../../src/rotation/key-list.ts';
import { DEFAULT_THRESHOLDS } from '../../src/rotation/stage.ts';
import type { Json } from '../../src/transport/json.ts';

const NOW = Date.UTC(2026, 10, 26);

function fault(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof FindingError) {
      return `${error.finding.code}: ${error.finding.detail}`;
    }
  }
  return 'none';
}

describe('a key as its user wrote it', () => {
  it('has defaults for everything', () => {
    expect(readKeys([{}], DEFAULT_THRESHOLDS, NOW)).toEqual([
      {
        name: 'FLYTE_API_KEY',
        place: { name: 'FLYTE_API_KEY', scope: 'repository', holds: 'key' },
        maxAgeDays: 90,
        variable: 'FLYTE_API_KEY_META',
        domain: '',
        clientId: '',
        org: '',
        issuer: '',
        provider: '',
      },
    ]);
  });

  it('is named after its environment', () => {
    const [key] = readKeys([{ environment: 'production', 'secret-name': 'flyte_key' }], DEFAULT_THRESHOLDS, NOW);
    expect(key).toMatchObject({
      name: 'production',
      place: { name: 'FLYTE_KEY', scope: 'environment', environment: 'production' },
    });
  });

  it('may hold the client secret alone', () => {
    const written = { domain: 'Union.Example.COM', 'client-id': 'ci', 'client-secret': 's3cret-s3cret' };
    expect(readKeys([written], DEFAULT_THRESHOLDS, NOW)[0]).toMatchObject({
      place: { name: 'UNION_CLIENT_SECRET', holds: 'client-secret' },
      credentials: { domain: 'union.example.com', clientId: 'ci', clientSecret: 's3cret-s3cret', org: '' },
    });
  });

  it.each<[string, WrittenKey[], string]>([
    ['no date', [{ 'rotated-at': 'soon' }], 'rotation/not-a-date: rotated-at of FLYTE_API_KEY'],
    ['no zone', [{ 'rotated-at': '2026-11-01T10:00:00' }], 'rotation/date-without-zone: rotated-at of FLYTE_API_KEY'],
    ['the future', [{ 'rotated-at': '2026-11-28' }], 'rotation/date-in-the-future: rotated-at of FLYTE_API_KEY'],
    [
      'too short a life',
      [{ 'max-age-days': '30' }],
      'rotation/thresholds-out-of-order: max-age-days of FLYTE_API_KEY is 30',
    ],
    ['an age that is none', [{ 'max-age-days': '90d' }], 'rotation/keys-unreadable: max-age-days of FLYTE_API_KEY'],
    ['two of one name', [{ name: 'A' }, { name: 'a' }], 'rotation/keys-unreadable: Two keys are named a.'],
    ['a scope that is none', [{ 'secret-scope': 'team' }], 'rotation/keys-unreadable: secret-scope'],
    ['no environment', [{ 'secret-scope': 'environment' }], 'rotation/keys-unreadable: secret-scope'],
    ['a name that can not be', [{ 'secret-name': 'a b' }], 'rotation/keys-unreadable: The key at place 1'],
    ['an issuer that is none', [{ issuer: 'http://x' }], 'rotation/keys-unreadable: issuer'],
    ['a line break', [{ name: 'a\nb' }], 'rotation/keys-unreadable: name'],
    [
      'both',
      [{ 'api-key': 'x'.repeat(20), 'client-secret': 'y'.repeat(20) }],
      'rotation/keys-unreadable: The key at place 1 has both',
    ],
  ])('is refused for %s', (_, written, expected) => {
    expect(fault(() => readKeys(written, DEFAULT_THRESHOLDS, NOW))).toContain(expected);
  });

  it('a day that has begun elsewhere is no future', () => {
    expect(readKeys([{ 'rotated-at': '2026-11-27' }], DEFAULT_THRESHOLDS, NOW)).toHaveLength(1);
  });

  it.each<[string, Json]>([
    ['a map', { name: 'production' }],
    ['nothing', []],
    ['texts', ['production']],
    ['an unknown field', [{ nmae: 'production' }]],
  ])('the list is refused where it is %s', (_, list) => {
    expect(fault(() => readWrittenKeys(list, {}))).toContain('rotation/keys-unreadable');
  });

  it.each([
    [30, 14, 14],
    [14, 30, 7],
    [30, 7, 14],
    [90, 14, 7],
  ])('stages that begin %d, %d and %d days before are out of order', (dueSoonDays, dueDays, urgentDays) => {
    expect(fault(() => readKeys([{}], { dueSoonDays, dueDays, urgentDays }, NOW))).toContain(
      'rotation/thresholds-out-of-order',
    );
  });
});
