import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkMasking } from '../../src/gitlab/masking.ts';
import { keyOf } from '../e2e/keys.ts';

describe('whether GitLab can mask', () => {
  it('every key, whatever its fields are', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (clientSecret) => {
        expect(checkMasking('FLYTE_API_KEY', keyOf({ clientSecret })).code).toBe('gitlab/can-mask');
      }),
    );
  });

  it.each([
    ['abcdefg', 'gitlab/can-not-mask'],
    ['abcdefgh', 'gitlab/can-mask'],
    ['a-secret_with~every.sign@of:it+/=', 'gitlab/can-mask'],
    ['secret!with$signs', 'gitlab/can-mask-without-expansion'],
    ['a secret with spaces', 'gitlab/can-not-mask'],
    ['two\nlines-of-a-secret', 'gitlab/can-not-mask'],
  ])('%j: %s', (value, code) => {
    const finding = checkMasking('CLIENT_SECRET', value);
    expect(finding.code).toBe(code);
    expect(finding.detail).not.toContain(value);
  });
});
