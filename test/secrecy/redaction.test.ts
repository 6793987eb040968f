import { describe, expect, it } from 'vitest';
import { storeOf } from './masks.ts';

const CONTEXT = { domain: 'union.example.com', clientId: 'ci-client', org: 'acme' };

describe('text that somebody else wrote', () => {
  const store = storeOf('ci-client-8Jd83kd.Lq', CONTEXT);

  it.each([
    ['the whole secret', 'is ci-client-8Jd83kd.Lq right?'],
    ['a part of it', 'starts with t-8Jd83kd'],
    ['another case', 'CI-CLIENT-8JD83KD.LQ'],
  ])('loses %s', (_name, text) => {
    const redacted = store.redactRemote(text);
    expect(redacted).toContain('***');
    expect(redacted.toLowerCase()).not.toContain('8jd83kd');
  });

  it('keeps the client id, which the secret begins with', () => {
    expect(store.redactRemote('The app ci-client at union.example.com')).toBe('The app ci-client at union.example.com');
  });
});
