import { compareSync } from 'bcryptjs';
import { describe, expect, it } from 'vitest';
import { hashInternalSecret } from '../../src/deployment/render/internal-secret.ts';

/** Not random: each byte tells where it stands. */
function bytes(size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, index) => index + 1);
}

/** What flyteadmin has in its hands after it has read the hash. */
function readByFlyteadmin(hash: string | undefined): string {
  return Buffer.from(hash ?? '', 'base64').toString('latin1');
}

describe('the hash of the internal client secret', () => {
  it('is what flyteadmin compares with, in base64 once more', () => {
    const { hashed, findings } = hashInternalSecret('a1b2c3d4e5f60718293a4b5c6d7e8f90', bytes);
    const hash = readByFlyteadmin(hashed?.hash);
    expect(findings).toEqual([]);
    expect(hash).toMatch(/^\$2b\$10\$[./A-Za-z0-9]{53}$/);
    expect(compareSync('a1b2c3d4e5f60718293a4b5c6d7e8f90', hash)).toBe(true);
    expect(compareSync('a1b2c3d4e5f60718293a4b5c6d7e8f91', hash)).toBe(false);
  });

  it('depends on nothing but the secret and the salt', () => {
    expect(hashInternalSecret('foobar', bytes)).toEqual(hashInternalSecret('foobar', bytes));
    const other = hashInternalSecret('foobar', (size) => bytes(size).reverse()).hashed;
    expect(other?.hash).not.toBe(hashInternalSecret('foobar', bytes).hashed?.hash);
  });

  it('reads the one that flyteadmin has in its own tests', () => {
    // flyteorg/flyte flyteadmin/auth/config/testdata/secret.yaml and config_test.go, v1.16.8.
    expect(readByFlyteadmin('JDJhJDA2JHB4czFBa0c4MUt2cmhwbWwxUWlMU09RYVRrOWVlUHJVLzdZYWI5eTA3aDN4MFRnbGJhb1Q2')).toBe(
      '$2a$06$pxs1AkG81Kvrhpml1QiLSOQaTk9eePrU/7Yab9y07h3x0TglbaoT6',
    );
  });

  it('makes a random secret where there is none, with another salt', () => {
    const asked: number[] = [];
    const { hashed } = hashInternalSecret(undefined, (size) => {
      asked.push(size);
      return bytes(size);
    });
    expect(hashed?.secret).toBe('0102030405060708090a0b0c0d0e0f10');
    expect(compareSync(hashed?.secret ?? '', readByFlyteadmin(hashed?.hash))).toBe(true);
    expect(asked).toEqual([16, 16]);
  });

  it.each([
    ['empty', '', 'deployment/internal-secret-not-usable'],
    ['a line end', 'secret456\n', 'deployment/internal-secret-not-usable'],
    ['a space before it', ' secret456', 'deployment/internal-secret-not-usable'],
    ['NUL, at which others stop', 'secret\u0000456', 'deployment/internal-secret-not-usable'],
    ['half a character', 'secret\ud800', 'deployment/internal-secret-not-usable'],
    ['73 letters', 'x'.repeat(73), 'deployment/internal-secret-too-long'],
    ['37 letters of two bytes', 'é'.repeat(37), 'deployment/internal-secret-too-long'],
  ])('refuses %s', (_name, secret, code) => {
    const { hashed, findings } = hashInternalSecret(secret, bytes);
    expect(hashed).toBeUndefined();
    expect(findings.map((finding) => finding.code)).toEqual([code]);
  });

  it.each(['x'.repeat(72), 'é'.repeat(36)])('counts every byte of 72', (secret) => {
    const hash = readByFlyteadmin(hashInternalSecret(secret, bytes).hashed?.hash);
    expect(compareSync(secret, hash)).toBe(true);
    expect(compareSync(`${secret.slice(0, -1)}y`, hash)).toBe(false);
  });
});
