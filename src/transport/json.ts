/** What may come out of a JSON text. Objects are read through `member`, so that no prototype is ever consulted. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

/** A JSON object of UTF-8 bytes (RFC 8259), or undefined where the bytes are anything else. Never throws. */
export function jsonObject(bytes: Uint8Array): JsonObject | undefined {
  try {
    const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Json;
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member of the object itself, never one it inherits. */
export function member(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** A member that is a string; undefined for any other type. */
export function stringMember(object: JsonObject, ...names: string[]): string | undefined {
  for (const name of names) {
    const value = member(object, name);
    if (typeof value === 'string') {
      return value;
    }
  }
  return undefined;
}

/** The strings of a member that is an array. */
export function stringsMember(object: JsonObject, ...names: string[]): string[] {
  for (const name of names) {
    const value = member(object, name);
    if (Array.isArray(value)) {
      return value.filter((item) => typeof item === 'string');
    }
  }
  return [];
}
