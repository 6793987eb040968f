import { describe, expect, it } from 'vitest';
import { SecretStore } from '../../src/secrecy/secret-store.ts';
import { storeOf } from './masks.ts';

const CONTEXT = { domain: 'union.example.com', clientId: 'ci-client', org: 'acme' };

describe('text that somebody else wrote', () => {
  const redactRemote = (text: string): string => storeOf('ci-client-8Jd83kd.Lq', CONTEXT).redactRemote(text);

  it.each([
    ['the whole secret', 'is ci-client-8Jd83kd.Lq right?', 'is *** right?'],
    ['a part of it', 'starts with t-8Jd83kd', 'starts with ***'],
    ['another case', 'CI-CLIENT-8JD83KD.LQ', 'CI***'],
    ['two parts of it', '8Jd83kd. and t-8Jd83k', '*** and ***'],
  ])('loses %s, and nothing else', (_name, text, expected) => {
    expect(redactRemote(text)).toBe(expected);
  });

  it('keeps asterisks of its own', () => {
    expect(redactRemote('2 * 3, **bold**')).toBe('2 * 3, **bold**');
  });

  it.each([
    // python3: html.escape
    ['Python', 'b&quot;c&#x27;d&quot;e&#x27;f&quot;g'],
    ['Python, cut within a character', '7;d&quot;e&#x'],
    // Go: html.EscapeString
    ['Go', 'b&#34;c&#39;d&#34;e&#39;f&#34;g'],
  ])('loses a part of a secret in the HTML of %s', (_name, escaped) => {
    const quoted = storeOf(`a'b"c'd"e'f"g'h"i`, CONTEXT);
    expect(quoted.redactRemote(`<p>${escaped}</p>`)).toBe('<p>***</p>');
  });

  it('loses a secret whose percent signs alone are encoded', () => {
    const store = storeOf('Z%/q%/7%/k%/W%/m%/4%/V', CONTEXT);
    expect(store.redactRemote('in q%25/7%25/k%25/W%25/m there')).toBe('in *** there');
  });

  // One of these becomes two characters in lower case: what follows would be looked for one place further on.
  it('loses a part in another case behind characters that grow in lower case', () => {
    expect(redactRemote('\u0130\u0130\u0130: T-8JD83KD.LQ')).toBe('\u0130\u0130\u0130: ***');
  });

  it('keeps the client id, which the secret begins with', () => {
    expect(redactRemote('The app ci-client at union.example.com')).toBe('The app ci-client at union.example.com');
  });
});

describe('a token in text that somebody else wrote', () => {
  function storeWithToken(token: string): SecretStore {
    const store = new SecretStore(() => undefined);
    store.protectToken(token);
    return store;
  }

  it('goes in parts', () => {
    expect(storeWithToken('opaque-token-0123456789').redactRemote('ends with 23456789')).toBe('ends with ***');
  });

  it('is a JWT: parts of the signature go, header and payload may be shown', () => {
    const store = storeWithToken('eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.dBjftJeZ4CVP-mB92K27uhbUJU1p1r');
    expect(store.redactRemote('eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0 and mB92K27uhb')).toBe(
      'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0 and ***',
    );
  });

  it('is searched for in parts up to 4,096 characters: a longer one is made to fill the memory', () => {
    const store = storeWithToken(`${'a'.repeat(4_088)}-before-after-b`);
    expect(store.redactRemote('-before-')).toBe('***');
    expect(store.redactRemote('-after-b')).toBe('-after-b');
  });
});
