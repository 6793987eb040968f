import { describe, expect, it } from 'vitest';
import { protectCredentials } from '../../src/authenticate.ts';
import { type Unmaskable, whyUnmaskable } from '../../src/secrecy/maskability.ts';
import { SecretStore } from '../../src/secrecy/secret-store.ts';
import { runnerWith } from './masks.ts';

const others = ['union.example.com', '0oaB12cdEf', 'acme-inc'];

describe('whether a secret can be masked', () => {
  it.each<[string, Unmaskable | undefined]>([
    ['a', 'too-short'],
    ['Qz7~k4V', 'too-short'],
    ['Qz7~k4V9', undefined],
    ['x'.repeat(3), 'too-short'],
    ['Qz7~k4V9'.repeat(128), undefined],
    [`${'Qz7~k4V9'.repeat(128)}A`, 'too-long'],
    ['***', 'masked-value'],
    ['*'.repeat(40), 'masked-value'],
    ['...', 'placeholder'],
    ['xxxxxxxx', 'placeholder'],
    ['XXXX', 'placeholder'],
    ['changeme', 'placeholder'],
    ['ChangeMe', 'placeholder'],
    ['<client-secret>', 'placeholder'],
    ['[your-client-secret]', 'placeholder'],
    ['client_secret', 'placeholder'],
    ['production', 'placeholder'],
    ['undefined', 'placeholder'],
    ['null', 'placeholder'],
    ['password', 'placeholder'],
    ['flyte_api_key', 'placeholder'],
    [['$', '{{ secrets.CLIENT_SECRET }}'].join(''), 'placeholder'],
    ['{{ vault.secret }}', 'placeholder'],
    ['union.example.com', 'equals-field'],
    ['UNION.example.com', 'equals-field'],
    ['0oaB12cdEf', 'equals-field'],
    ['acme-inc', 'equals-field'],
    ['union', 'equals-field'],
    ['Zq7~kWm-4Vx_9Tb.Rn2', undefined],
    ['changeme-Zq7kWm4Vx', undefined],
    // A mask of one of these would blank half of a log: security.md 1.5 names them.
    ['true', 'too-short'],
    ['default', 'placeholder'],
    ['', 'too-short'],
    ['<>', 'too-short'],
    ['<< changeme >>', 'placeholder'],
    // What only begins or ends like one of these, or has a bracket inside, can be a secret.
    ['***Zq7~kWm', undefined],
    ['Zq7~kWm***', undefined],
    ['xxxxZq7~kWm', undefined],
    ['Zq7~kWm...', undefined],
    ['change(me', undefined],
    ['change>me', undefined],
    ['{{ x }}Zq7~kWm', undefined],
    ['Zq7~kWm{{ x }}', undefined],
  ])('%s: %s', (secret, expected) => {
    expect(whyUnmaskable(secret, others)).toBe(expected);
  });

  it('an empty field beside it is no field that it equals', () => {
    expect(whyUnmaskable('', ['union.example.com', '0oaB12cdEf', ''])).toBe('too-short');
  });
});

describe('what can not be masked registers nothing', () => {
  function masksFor(clientSecret: string): string[] {
    const masks: string[] = [];
    protectCredentials(
      { domain: 'union.example.com', clientId: '0oaB12cdEf', clientSecret, org: 'acme-inc' },
      new SecretStore((value) => masks.push(value)),
    );
    return masks;
  }

  function masksForKey(apiKey: string): string[] {
    const masks: string[] = [];
    protectCredentials({ apiKey }, new SecretStore((value) => masks.push(value)));
    return masks;
  }

  it.each(['', 'a', ' ', '***', 'changeme', 'union', '0oaB12cdEf', 'x'.repeat(2_000)])('as a secret: %j', (secret) => {
    expect(masksFor(secret)).toEqual([]);
  });

  it.each(['', 'a', '***', 'undefined', 'changeme'])('as a key: %j', (key) => {
    expect(masksForKey(key)).toEqual([]);
  });

  it('not even through a key that holds it', () => {
    const key = Buffer.from('union.example.com:0oaB12cdEf:changeme:').toString('base64');
    expect(masksForKey(key)).toEqual([key]);
  });

  // The runner makes a mask of each line: every { and } of the job's log would turn into *** (security.md 1.2, 1.5).
  const file = '{\n  "client_id": "0oaB12cdEf",\n  "client_secret": "Zq7~kWm-4Vx_9Tb.Rn2"\n}';

  it.each([
    ['as the secret', masksFor],
    ['as the key', masksForKey],
  ])('a file pasted %s makes no mask of a bracket, and hides the secret in it', (_name, masksOfPaste) => {
    const masks = masksOfPaste(file);
    expect(runnerWith(masks).mask('  "client_secret": "Zq7~kWm-4Vx_9Tb.Rn2"')).not.toContain('Zq7');
    const lines = masks.flatMap((mask) => mask.split(/[\r\n]+/)).map((line) => line.trim());
    expect(lines.filter((line) => line !== '' && line.length < 8)).toEqual([]);
  });

  it('a good secret registers itself first, then what is derived of it', () => {
    const secret = 'Zq7~kWm-4Vx_9Tb.Rn2';
    const masks = masksFor(secret);
    expect(masks[0]).toBe(secret);
    expect(masks).toContain(Buffer.from(`union.example.com:0oaB12cdEf:${secret}:acme-inc`).toString('base64'));
  });

  it('a key registers itself, and the secret in it', () => {
    const key = Buffer.from('union.example.com:0oaB12cdEf:Zq7~kWm-4Vx_9Tb.Rn2:').toString('base64');
    const masks = masksForKey(key);
    expect(masks[0]).toBe(key);
    expect(masks).toContain('Zq7~kWm-4Vx_9Tb.Rn2');
  });

  it('nothing that is not secret is masked: a job output that holds a masked value is dropped', () => {
    for (const masks of [
      masksFor('Zq7~kWm-4Vx_9Tb.Rn2'),
      masksForKey(Buffer.from('union.example.com:0oaB12cdEf:Zq7~kWm-4Vx_9Tb.Rn2:acme-inc').toString('base64')),
      // A shifted key: what some client takes for the secret is the client id.
      masksForKey(Buffer.from('union.example.com:8443:0oaB12cdEf:Zq7~kWm-4Vx_9Tb.Rn2:').toString('base64')),
    ]) {
      expect(masks).not.toContain('union.example.com');
      expect(masks).not.toContain('acme-inc');
      expect(masks.filter((mask) => mask.length < 8)).toEqual([]);
    }
  });
});
