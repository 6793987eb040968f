import { decoders } from './decoders.ts';

export { printedForms } from './printed-forms.ts';

/** This many consecutive characters of a secret count as a leak (security.md 1.4). */
const windowLength = 8;

/** JSON in JSON in base64 is three; nobody prints deeper by accident. */
const deepestDecoding = 3;

interface Reading {
  text: string;
  steps: string[];
}

/**
 * Tells what of a secret can be read from a text, directly or after decoding, or undefined if nothing can.
 * A secret shorter than the window must not appear as a whole.
 * The answer holds a part of the secret: use it with made-up secrets only.
 */
export function findLeak(secret: string, text: string): string | undefined {
  const windows = windowsOf(secret);
  if (windows.length === 0) {
    return undefined;
  }
  const seen = new Set([text]);
  let readings: Reading[] = [{ text, steps: [] }];
  for (let depth = 0; ; depth += 1) {
    for (const reading of readings) {
      const found = windows.find((window) => reading.text.includes(window));
      if (found !== undefined) {
        return `${['text', ...reading.steps].join(' > ')}: ${found}`;
      }
    }
    if (depth === deepestDecoding) {
      return undefined;
    }
    readings = readings.flatMap((reading) => decodeOnce(reading, seen));
  }
}

function windowsOf(secret: string): string[] {
  const length = Math.min(windowLength, secret.length);
  const windows = new Set<string>();
  for (let start = 0; length > 0 && start + length <= secret.length; start += 1) {
    windows.add(secret.slice(start, start + length));
  }
  return [...windows];
}

function decodeOnce(reading: Reading, seen: Set<string>): Reading[] {
  const decoded: Reading[] = [];
  for (const decoder of decoders) {
    const text = decoder.decode(reading.text);
    if (text !== '' && !seen.has(text)) {
      seen.add(text);
      decoded.push({ text, steps: [...reading.steps, decoder.name] });
    }
  }
  return decoded;
}
