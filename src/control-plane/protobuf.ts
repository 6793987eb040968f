const VARINT = 0;
const FIXED_64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

/**
 * The length-delimited fields of one protobuf message, read as UTF-8 text, by field number in order of appearance.
 * Enough for the messages of AuthMetadataService, whose fields are all strings; fields of other wire types are skipped.
 * Source: the protobuf encoding guide (protobuf.dev/programming-guides/encoding).
 * @returns undefined where the bytes are no well-formed message.
 */
export function stringFields(bytes: Uint8Array): ReadonlyMap<number, readonly string[]> | undefined {
  const fields = new Map<number, string[]>();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let offset = 0;

  function varint(): number {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = bytes[offset++];
      if (byte === undefined) {
        return Number.NaN;
      }
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) {
        return value;
      }
    }
    return Number.NaN;
  }

  while (offset < bytes.length) {
    const tag = varint();
    const field = Math.floor(tag / 8);
    const wireType = tag % 8;
    if (Number.isNaN(tag) || field === 0) {
      return undefined;
    }
    if (wireType === VARINT) {
      if (Number.isNaN(varint())) {
        return undefined;
      }
      continue;
    }
    const length =
      wireType === LENGTH_DELIMITED ? varint() : wireType === FIXED_64 ? 8 : wireType === FIXED_32 ? 4 : Number.NaN;
    if (Number.isNaN(length) || offset + length > bytes.length) {
      return undefined;
    }
    if (wireType === LENGTH_DELIMITED) {
      try {
        const text = decoder.decode(bytes.subarray(offset, offset + length));
        const values = fields.get(field);
        if (values === undefined) {
          fields.set(field, [text]);
        } else {
          values.push(text);
        }
      } catch {
        return undefined;
      }
    }
    offset += length;
  }
  return fields;
}
