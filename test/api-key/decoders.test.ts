import { describe, expect, it } from 'vitest';
import { type Decoded, KEY_DECODERS, type KeyClient } from '../../src/api-key/decoders.ts';
import { inspectApiKey } from '../../src/api-key/inspect.ts';
import { eachRecorded } from '../runs.ts';
import { readRecording } from '../transport/suites.ts';

type Recorded =
  | { accepts: false; error: string; cause?: string }
  | {
      accepts: true;
      domain: string;
      clientId: string;
      clientSecret: string;
      org: string | null;
      notUtf8?: undefined;
    }
  | {
      accepts: true;
      notUtf8: true;
      domainHex: string;
      clientIdHex: string;
      clientSecretHex: string;
      orgHex: string;
    };

interface RecordedKey {
  name: string;
  key: string;
  results: Record<KeyClient, Recorded>;
}

const { cases } = readRecording<{ cases: RecordedKey[] }>('key-decoders.json');
const clients = Object.keys(KEY_DECODERS) as KeyClient[];

/** The recorded fields in our spelling; the org is null where the client does not give the one of the key. */
function recordedFields(client: KeyClient, recorded: Recorded & { accepts: true }) {
  if (recorded.notUtf8) {
    // Go keeps the bytes; as text they can only be compared after the replacement of what is no UTF-8.
    const text = (hex: string): string => Buffer.from(hex, 'hex').toString('utf8');
    const { domainHex, clientIdHex, clientSecretHex, orgHex } = recorded;
    return {
      domain: text(domainHex),
      clientId: text(clientIdHex),
      clientSecret: text(clientSecretHex),
      org: text(orgHex),
    };
  }
  const { domain, clientId, clientSecret, org } = recorded;
  // flyte-sdk writes an empty org as "None", and an org that is the word None the same way.
  return { domain, clientId, clientSecret, org: client === 'flyte-sdk' && org === 'None' ? '' : org };
}

function ourFields(client: KeyClient, decoded: Decoded & { accepts: true }, org: string | null) {
  const { accepts: _, ...fields } = decoded;
  if (org === null) {
    return { ...fields, org };
  }
  return { ...fields, org: client === 'flyte-sdk' && fields.org === 'None' ? '' : fields.org };
}

/** The class of an error and the count in it, without what tells positions, bytes and lengths. */
function classOf(error: string): string {
  const count = /, got (\d+)/.exec(error)?.[1] ?? '';
  const kind =
    /^(ValueError: (Invalid API key format|Unable to read UNION_API_KEY)|binascii\.Error: (Incorrect padding|Invalid base64-encoded string)|UnicodeDecodeError: 'utf-8' codec can't decode|Failed to decode base64|Invalid UTF-8 in decoded API key|Invalid API key format|invalid api key format|(?:failed to decode API key: )?illegal base64 data)/i
      .exec(error)?.[1]
      ?.replace('failed to decode API key: ', '')
      .toLowerCase();
  return `${kind ?? error} ${count}`;
}

describe.each(clients)('the decoder of %s', (client) => {
  it('is recorded with 600 keys, of which it takes some and refuses some', () => {
    expect(cases).toHaveLength(600);
    const taken = cases.filter(({ results }) => results[client].accepts).length;
    expect(taken).toBeGreaterThan(100);
    expect(taken).toBeLessThan(500);
  });

  eachRecorded(
    cases,
    ({ name }) => name,
    ({ key, results }) => {
      const recorded = results[client];
      const ours = KEY_DECODERS[client](key);
      expect(ours.accepts).toBe(recorded.accepts);
      if (recorded.accepts && ours.accepts) {
        const fields = recordedFields(client, recorded);
        expect(ourFields(client, ours, fields.org)).toEqual(fields);
      }
      if (!recorded.accepts && !ours.accepts) {
        expect(classOf(ours.error)).toBe(classOf(recorded.error));
      }
    },
  );
});

describe('the words of an error', () => {
  const refusalsOf = (client: KeyClient, pattern: RegExp): [string, string][] =>
    cases.flatMap(({ key, results }) => {
      const recorded = results[client];
      const ours = KEY_DECODERS[client](key);
      return !recorded.accepts && !ours.accepts && pattern.test(recorded.error) ? [[ours.error, recorded.error]] : [];
    });
  const firstWords = (error: string): string => error.split(' ').slice(0, 4).join(' ').replace(/[.:]$/, '');

  it.each(['flyte-sdk', 'union-sdk'] as const)('%s: start as the real ones do', (client) => {
    const refusals = refusalsOf(client, /./);
    expect(refusals.length).toBeGreaterThan(50);
    for (const [ours, theirs] of refusals) {
      expect(firstWords(ours)).toBe(firstWords(theirs));
    }
  });

  it('rust-controller: start as the real ones do', () => {
    for (const [ours, theirs] of refusalsOf('rust-controller', /./)) {
      expect(firstWords(ours)).toBe(firstWords(theirs));
    }
  });

  it('terraform: start as the real ones do', () => {
    const refusals = refusalsOf('terraform', /./);
    expect(refusals.length).toBeGreaterThan(50);
    for (const [ours, theirs] of refusals) {
      expect(firstWords(ours)).toBe(firstWords(theirs));
    }
  });

  it('rust-controller: a wrong number of fields is told in its own words', () => {
    const refusals = refusalsOf('rust-controller', /format/);
    expect(refusals.length).toBeGreaterThan(10);
    for (const [ours, theirs] of refusals) {
      expect(ours).toBe(theirs);
    }
  });
});

describe('what the inspector accepts', () => {
  const acceptedCases = () => cases.filter(({ key }) => inspectApiKey(key).fields !== undefined);

  it('is not nothing, and not all that the flyte client takes', () => {
    const accepted = acceptedCases();
    expect(accepted.length).toBeGreaterThan(30);
    expect(accepted.length).toBeLessThan(cases.filter(({ results }) => results['flyte-sdk'].accepts).length);
  });

  it.each(clients)('%s takes, and reads as we do', (client) => {
    for (const { name, key, results } of acceptedCases()) {
      const { findings, fields } = inspectApiKey(key);
      expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
      const recorded = results[client];
      if (!recorded.accepts || recorded.notUtf8) {
        expect.unreachable(`it refuses ${name}, or reads no text`);
      }
      const { domain, clientId, clientSecret, org } = recordedFields(client, recorded);
      expect({ domain, clientId, clientSecret }, name).toEqual({
        domain: fields?.domain,
        clientId: fields?.clientId,
        clientSecret: fields?.clientSecret,
      });
      if (org !== null) {
        expect(org, name).toBe(client === 'flyte-sdk' && fields?.org === 'None' ? '' : fields?.org);
      }
    }
  });

  it('has no error finding exactly where it gives fields', () => {
    for (const { key } of cases) {
      const { findings, fields } = inspectApiKey(key);
      expect(findings.some(({ severity }) => severity === 'error')).toBe(fields === undefined);
    }
  });
});
