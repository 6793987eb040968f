import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KEY_DECODERS } from '../../src/api-key/decoders.ts';
import { encodeApiKey } from '../../src/api-key/encode.ts';
import { encodeEagerKey } from '../../src/deployment/render/eager-key.ts';
import { isError } from '../../src/findings/finding.ts';

const FIELDS = { domain: 'union.example.com', clientId: 'eager-app', clientSecret: 'Eg1-yLs_6Cm~3Gh.Zq4', org: '' };

describe('the key of task pods', () => {
  it('is that of the guide, on one line and with no line end', () => {
    expect(encodeEagerKey(FIELDS)).toEqual({
      key: Buffer.from('union.example.com:eager-app:Eg1-yLs_6Cm~3Gh.Zq4:').toString('base64'),
      findings: [],
    });
  });

  it.each([
    ['a colon in the org, which the flyte client lets pass', { org: 'acme:eu' }, 'key/colon-in-org'],
    ['a colon in the secret', { clientSecret: 'Eg1-yLs:6Cm~3Gh.Zq4' }, 'key/colon-in-secret'],
    ['a port', { domain: 'union.example.com:8443' }, 'key/domain-has-port'],
    ['no org, in the words of other clients', { org: 'None' }, 'deployment/eager-org-none'],
    ['the same, in lower case', { org: 'none' }, 'deployment/eager-org-none'],
  ])('refuses %s', (_name, fields, code) => {
    const { key, findings } = encodeEagerKey({ ...FIELDS, ...fields });
    expect(key).toBeUndefined();
    expect(findings.map((finding) => finding.code)).toEqual([code]);
  });

  it('a key for CI may have the org that a pod may not', () => {
    expect(encodeApiKey({ ...FIELDS, org: 'None' }).key).toBeDefined();
  });

  it('whatever is built is read by the controller in the pod as it was meant', () => {
    const text = fc.string({
      unit: fc.oneof(
        fc.constantFrom(...':=+/ aB0-_.~"\'\n'),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      ),
      maxLength: 24,
    });
    fc.assert(
      fc.property(text, text, text, (clientId, clientSecret, org) => {
        const fields = { ...FIELDS, clientId, clientSecret, org };
        const { key, findings } = encodeEagerKey(fields);
        expect(key === undefined).toBe(findings.some(isError));
        if (key !== undefined) {
          expect(KEY_DECODERS['rust-controller'](key)).toEqual({ accepts: true, ...fields });
        }
      }),
      { numRuns: 500 },
    );
  });
});
