import path from 'node:path';
import { encodeApiKey } from '../../../src/api-key/encode.ts';
import type { Counterpart } from '../suite.ts';
import { generateFields } from './generated-keys.ts';
import { askPython } from './key-decoding.ts';

const KEYS = 10_000;

/** Every key that we build is the one that Union's own encoder builds of the same fields. */
export async function proveKeyEncoding(row: Counterpart, python: string): Promise<void> {
  const cases = generateFields(KEYS).filter((fields) => Object.values(fields).every((text) => text.isWellFormed()));
  const theirs = await askPython<string>(python, path.join(import.meta.dirname, 'encode_union_key.py'), cases);
  const built = cases.flatMap((fields, index) => {
    const { key } = encodeApiKey(fields);
    return key === undefined ? [] : [{ fields, key, theirs: theirs[index] }];
  });
  const differences = built
    .filter(({ key, theirs: other }) => key !== other)
    .map(({ fields }) => JSON.stringify(fields));
  row.count(built.length - differences.length, differences);
  row.note(`of ${cases.length} generated sets of fields ours builds ${built.length} keys and refuses the others`);
}
