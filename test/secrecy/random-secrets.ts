/** Secrets for tests that need many: the same ones on every run. */
export type Random = () => number;

/** Mulberry32 by Tommy Ettinger (public domain): a small generator with a seed, between 0 and 1. */
export function seededRandom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** What identity providers make: base64url (Okta, Auth0), with ~ and . (Entra ID), base64, hexadecimal, UUID-like. */
const PROVIDER_ALPHABETS = [
  `${LETTERS_AND_DIGITS}-_`,
  `${LETTERS_AND_DIGITS}-_.~`,
  `${LETTERS_AND_DIGITS}+/=`,
  '0123456789abcdef',
  '0123456789abcdef-',
  LETTERS_AND_DIGITS,
];

/** Printable ASCII without the colon, which no key can hold. */
const PRINTABLE = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index))
  .filter((character) => character !== ':')
  .join('');

const QUOTES = `'"\\&<>%+/= \`$`;

function pick<Item>(random: Random, items: ArrayLike<Item>): Item {
  return items[Math.floor(random() * items.length)] as Item;
}

function randomText(random: Random, alphabet: string, length: number): string {
  return Array.from({ length }, () => pick(random, alphabet)).join('');
}

function lengthBetween(random: Random, shortest: number, longest: number): number {
  return shortest + Math.floor(random() * (longest - shortest + 1));
}

export function providerSecret(random: Random, shortest = 8, longest = 128): string {
  return randomText(random, pick(random, PROVIDER_ALPHABETS), lengthBetween(random, shortest, longest));
}

export function printableSecret(random: Random, shortest = 8, longest = 128): string {
  const alphabet = random() < 0.2 ? QUOTES + LETTERS_AND_DIGITS.slice(0, 12) : PRINTABLE;
  const text = randomText(random, alphabet, lengthBetween(random, shortest, longest));
  // Spaces at the ends are refused before there is any mask.
  return text.replace(/^ | $/g, 'x');
}
