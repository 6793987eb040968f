import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isStampOf, readStamp, SALT_BYTES, writeStamp } from '../../src/rotation/stamp.ts';

const KEY = 'dW5pb24uZXhhbXBsZS5jb206Y2ktYXBwOnMzY3JldDo=';
const CREATED = Date.UTC(2026, 7, 24, 10);
const SALT = Buffer.alloc(SALT_BYTES, 7);

describe('a stamp', () => {
  it('tells when, until when, which secret and which key, and nothing of the key', () => {
    const expires = Date.UTC(2027, 7, 24);
    const text = writeStamp({ created: CREATED, expires, keyId: 'ocs1' }, KEY, SALT);
    expect(JSON.parse(text)).toEqual({
      v: 1,
      created: '2026-08-24T10:00:00Z',
      expires: '2027-08-24T00:00:00Z',
      keyId: 'ocs1',
      salt: expect.stringMatching(/^[\w-]{22}$/),
      fp: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(text).not.toContain(KEY.slice(0, 8));
    const stamp = readStamp(text);
    expect(stamp).toMatchObject({ created: CREATED, expires, keyId: 'ocs1' });
    expect(stamp && isStampOf(stamp, KEY)).toBe(true);
    expect(stamp && isStampOf(stamp, `${KEY}=`)).toBe(false);
  });

  it('of the same key is another one with another salt', () => {
    const again = writeStamp({ created: CREATED }, KEY, Buffer.alloc(SALT_BYTES, 8));
    expect(JSON.parse(again).fp).not.toBe(JSON.parse(writeStamp({ created: CREATED }, KEY, SALT)).fp);
  });

  it('may be written by hand, without a fingerprint', () => {
    const stamp = readStamp('{"v":1,"created":"2026-08-24"}');
    expect(stamp).toEqual({ created: Date.UTC(2026, 7, 24) });
    expect(stamp && isStampOf(stamp, KEY)).toBeUndefined();
  });

  it('may have been read by YAML, where every scalar is a text', () => {
    expect(readStamp({ v: '1', created: '2026-08-24', keyId: '' })).toEqual({ created: Date.UTC(2026, 7, 24) });
  });

  it.each([
    ['no JSON', 'yes'],
    ['a list', '[1]'],
    ['another version', '{"v":2,"created":"2026-08-24"}'],
    ['no date', '{"v":1}'],
    ['a date that is none', '{"v":1,"created":"2026-02-30"}'],
    ['a time without zone', '{"v":1,"created":"2026-08-24T10:00:00"}'],
    ['a number for a date', '{"v":1,"created":1764115200}'],
    ['an end that is none', '{"v":1,"created":"2026-08-24","expires":"never"}'],
    ['a salt that is too short', '{"v":1,"created":"2026-08-24","salt":"AAAA","fp":"AAAA"}'],
    ['a fingerprint without salt', `{"v":1,"created":"2026-08-24","fp":"${'A'.repeat(43)}"}`],
    ['far too much', `{"v":1,"created":"2026-08-24","more":"${'x'.repeat(5000)}"}`],
  ])('is not read where it is %s', (_, text) => {
    expect(readStamp(text)).toBeUndefined();
  });

  it('never throws, whatever the variable holds', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void readStamp(text)));
  });
});
