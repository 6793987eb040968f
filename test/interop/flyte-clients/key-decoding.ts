import path from 'node:path';
import { KEY_DECODERS, type KeyClient } from '../../../src/api-key/decoders.ts';
import type { KeyFields } from '../../../src/api-key/fields.ts';
import { inspectApiKey } from '../../../src/api-key/inspect.ts';
import type { Counterpart } from '../suite.ts';
import { run } from '../tools.ts';
import { generateKeys } from './generated-keys.ts';

const KEYS = 10_000;
const RECORDINGS = path.join(import.meta.dirname, '../../recordings');

/** As the programs of test/recordings print it; the org is null where the client does not take it from the key. */
type Real =
  | { accepts: true; domain: string; clientId: string; clientSecret: string; org: string | null }
  | { accepts: false; error: string };

/** Has one Python process of a real client take the generated keys apart, and compares with our model of it. */
export async function proveKeyDecoding(
  row: Counterpart,
  client: KeyClient,
  python: string,
  program: string,
): Promise<void> {
  const keys = generateKeys(KEYS);
  const real = await askPython<Real>(python, path.join(RECORDINGS, program), keys);
  const differences = keys.flatMap((key, index) => {
    const difference = differenceOf(client, key, real[index]);
    return difference === undefined ? [] : [`${JSON.stringify(key)}: ${difference}`];
  });
  const accepted = real.filter(({ accepts }) => accepts).length;
  row.count(keys.length - differences.length, differences);
  row.note(`${KEYS} generated keys taken apart, of which it accepts ${accepted}`);
}

/** Gives a Python program one JSON text a line, and reads as many back. */
export async function askPython<Answer>(
  python: string,
  program: string,
  questions: readonly unknown[],
): Promise<Answer[]> {
  const input = questions.map((question) => `${JSON.stringify(question)}\n`).join('');
  const { exitCode, stdout, stderr } = await run(python, [program], { input });
  const lines = stdout.split('\n').filter((line) => line !== '');
  if (exitCode !== 0 || lines.length !== questions.length) {
    throw new Error(
      `${path.basename(program)} gave ${lines.length} answers to ${questions.length}: ${stderr.slice(-300)}`,
    );
  }
  return lines.map((line) => JSON.parse(line) as Answer);
}

function differenceOf(client: KeyClient, key: string, real: Real | undefined): string | undefined {
  if (real === undefined) {
    return 'no answer';
  }
  const ours = KEY_DECODERS[client](key);
  if (ours.accepts !== real.accepts) {
    return `the real client ${real.accepts ? 'accepts' : 'refuses'} it, our model does not`;
  }
  const { fields } = inspectApiKey(key);
  if (fields !== undefined && !(real.accepts && isSame(fields, real))) {
    return 'the inspector calls it ready, the real client reads it differently';
  }
  return ours.accepts && real.accepts && !isSame(ours, real) ? 'the fields differ' : undefined;
}

/** flyte-sdk writes an empty org as the word None. */
function isSame(ours: KeyFields, real: Real & { accepts: true }): boolean {
  const plain = (org: string): string => (org === 'None' ? '' : org);
  return (
    ours.domain === real.domain &&
    ours.clientId === real.clientId &&
    ours.clientSecret === real.clientSecret &&
    (real.org === null || plain(ours.org) === plain(real.org))
  );
}
