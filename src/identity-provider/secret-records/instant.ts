/** @param text as the APIs of Okta and Microsoft write times. @returns milliseconds since 1970. */
export function instantIn(text: string | undefined): number | undefined {
  const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text ?? '') ? Date.parse(text ?? '') : Number.NaN;
  return Number.isNaN(instant) ? undefined : instant;
}
