import { create, type DescMessage, fromBinary, toBinary } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OAUTH2_METADATA, PUBLIC_CLIENT_CONFIG } from '../../src/control-plane/auth-metadata.ts';
import { stringFields } from '../../src/control-plane/protobuf.ts';
import { authMetadataService, findMethod } from '../lab/flyte-definitions.ts';

const provider: DescMessage = findMethod(authMetadataService, 'GetOAuth2Metadata').output;
const client: DescMessage = findMethod(authMetadataService, 'GetPublicClientConfig').output;

const text = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.webUrl()).map((each) => each.toWellFormed());
const texts = fc.array(text, { maxLength: 6 });

const providerMessage = fc.record({
  issuer: text,
  authorizationEndpoint: text,
  tokenEndpoint: text,
  responseTypesSupported: texts,
  scopesSupported: texts,
  jwksUri: text,
  grantTypesSupported: texts,
  deviceAuthorizationEndpoint: text,
});
const clientMessage = fc.record({
  clientId: text,
  redirectUri: text,
  scopes: texts,
  authorizationMetadataKey: text,
  audience: text,
});

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value % 0x80) | 0x80, ...varint(Math.floor(value / 0x80))];
}

/** A field that no message has, of each wire type that is still in use. */
const unknownField = fc
  .tuple(fc.integer({ min: 100, max: 200_000 }), fc.constantFrom(0, 1, 2, 5), fc.nat(1_000_000))
  .map(([field, wireType, value]) => {
    const tag = varint(field * 8 + wireType);
    const bytes =
      { 0: varint(value), 1: [1, 2, 3, 4, 5, 6, 7, 8], 2: [3, 97, 98, 99], 5: [1, 2, 3, 4] }[wireType] ?? [];
    return Buffer.from([...tag, ...bytes]);
  });
const unknownFields = fc.array(unknownField, { maxLength: 4 }).map((fields) => Buffer.concat(fields));

describe('the reader of protobuf', () => {
  it('agrees with @bufbuild/protobuf on the metadata of the provider', () => {
    fc.assert(
      fc.property(providerMessage, unknownFields, unknownFields, (fields, before, after) => {
        const message = create(provider, fields);
        const bytes = Buffer.concat([before, toBinary(provider, message), after]);
        expect(OAUTH2_METADATA.binary(bytes)).toEqual({
          issuer: fields.issuer,
          tokenEndpoint: fields.tokenEndpoint,
          jwksUri: fields.jwksUri,
        });
      }),
      { numRuns: 1_000 },
    );
  });

  it('agrees with @bufbuild/protobuf on the settings of the client', () => {
    fc.assert(
      fc.property(clientMessage, unknownFields, (fields, unknown) => {
        const bytes = Buffer.concat([unknown, toBinary(client, create(client, fields))]);
        expect(PUBLIC_CLIENT_CONFIG.binary(bytes)).toEqual({
          scopes: fields.scopes,
          authorizationMetadataKey: fields.authorizationMetadataKey,
          audience: fields.audience,
        });
      }),
      { numRuns: 1_000 },
    );
  });

  it('takes the last of a field that stands twice, and joins the lists of two messages', () => {
    fc.assert(
      fc.property(clientMessage, clientMessage, (first, second) => {
        const bytes = Buffer.concat([first, second].map((fields) => toBinary(client, create(client, fields))));
        const merged = fromBinary(client, bytes) as unknown as { scopes: string[]; audience: string };
        const ours = PUBLIC_CLIENT_CONFIG.binary(bytes);
        expect([ours?.scopes, ours?.audience]).toEqual([merged.scopes, merged.audience]);
      }),
      { numRuns: 500 },
    );
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const fields = stringFields(bytes);
        expect(fields === undefined || fields instanceof Map).toBe(true);
      }),
      { numRuns: 10_000 },
    );
  });

  it('reads no message that is cut, unless it is cut between two fields', () => {
    const bytes = toBinary(
      client,
      create(client, { clientId: 'flytectl', scopes: ['all', 'offline'], audience: 'https://a.b' }),
    );
    for (let length = 0; length < bytes.length; length += 1) {
      const cut = bytes.subarray(0, length);
      let theirs: unknown;
      try {
        theirs = fromBinary(client, cut);
      } catch {
        theirs = undefined;
      }
      expect(stringFields(cut) === undefined).toBe(theirs === undefined);
    }
  });

  it.each([
    ['field number 0', [0x02, 0x01, 0x61]],
    ['a varint without end', Array.from({ length: 12 }, () => 0xff)],
    ['a length beyond the end', [0x0a, 0x05, 0x61]],
    ['an enormous length', [0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]],
    ['wire type 6', [0x0e]],
    ['wire type 7', [0x0f]],
    ['no UTF-8', [0x0a, 0x01, 0xff]],
  ])('refuses %s', (_name, bytes) => {
    expect(stringFields(Uint8Array.from(bytes))).toBeUndefined();
  });
});

describe('both spellings of JSON', () => {
  const bytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

  it.each([
    ['snake_case', { issuer: 'https://i', token_endpoint: 'https://t', jwks_uri: 'https://j' }],
    ['lowerCamelCase', { issuer: 'https://i', tokenEndpoint: 'https://t', jwksUri: 'https://j' }],
  ])('of the provider: %s', (_name, document) => {
    expect(OAUTH2_METADATA.json(bytes(document))).toEqual({
      issuer: 'https://i',
      tokenEndpoint: 'https://t',
      jwksUri: 'https://j',
    });
  });

  it.each([
    ['snake_case', { scopes: ['all'], authorization_metadata_key: 'k', audience: 'a' }],
    ['lowerCamelCase', { scopes: ['all'], authorizationMetadataKey: 'k', audience: 'a' }],
  ])('of the client: %s', (_name, document) => {
    expect(PUBLIC_CLIENT_CONFIG.json(bytes(document))).toEqual({
      scopes: ['all'],
      authorizationMetadataKey: 'k',
      audience: 'a',
    });
  });

  it('empty fields are left out by protojson, and others have wrong types', () => {
    expect(OAUTH2_METADATA.json(bytes({}))).toEqual({ issuer: '', tokenEndpoint: '', jwksUri: '' });
    expect(PUBLIC_CLIENT_CONFIG.json(bytes({ scopes: 'all', audience: 7 }))).toEqual({
      scopes: [],
      authorizationMetadataKey: '',
      audience: '',
    });
    expect(OAUTH2_METADATA.json(bytes([]))).toBeUndefined();
    expect(OAUTH2_METADATA.json(Buffer.from('<html>'))).toBeUndefined();
  });
});
