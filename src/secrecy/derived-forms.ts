import * as encodings from './encodings.ts';

/** A mask shorter than this would blank ordinary text; the secret itself is judged before (see maskability.ts). */
const SHORTEST_MASK = 8;
/** With the secret itself. The runner searches every mask in every line, so their number is a cost to the whole job. */
const MOST_MASKS = 40;
/** Where `base64` and PEM writers break lines, in columns. */
const WRAP_COLUMNS = [76, 64];

/** What surrounds the secret wherever it is printed together with the other fields. */
export interface SecretContext {
  /** The encoded API key, standard alphabet, padded, one line. */
  readonly key: string;
  readonly clientId: string;
}

/**
 * Every form of the client secret that must be masked beside the secret itself, most dangerous first, without
 * repeats. The runner derives only some of them: a key that holds a masked secret is printed whole in two
 * cases of three, since its shifted base64 encoders assume that the secret ends the text
 * (actions/runner src/Sdk/DTLogging/Logging/ValueEncoders.cs).
 */
export function derivedForms(secret: string, { key, clientId }: SecretContext): string[] {
  const quoted = encodings.quotePlus(secret);
  const form = encodings.formEncode(secret);
  const hex = Buffer.from(secret).toString('hex');
  const unpadded = key.replaceAll('=', '');
  const needed = [
    key,
    quoted,
    form,
    encodings.uriComponent(secret),
    encodings.lowerCasePercent(quoted),
    encodings.lowerCasePercent(encodings.uriComponent(secret)),
    encodings.lowerCasePercent(encodings.percentEncode(secret)),
    encodings.jsonInJson(secret),
    encodings.goJson(secret),
    encodings.shellQuoted(secret),
    encodings.pythonRepr(secret),
    encodings.htmlEscaped(secret, '&#x27;', '&quot;'),
    encodings.htmlEscaped(secret, '&#39;', '&#34;'),
    hex,
    secret.replaceAll('%', '%25'),
    ...[secret, quoted, form].flatMap(base64Cores),
    ...WRAP_COLUMNS.flatMap((columns) => wrappedLines(key, secret, columns)),
  ];
  // Beyond what the cores cover but for two bytes at each end, or rare: as many as there is room for.
  const whereThereIsRoom = [
    encodings.base64(`${clientId}:${quoted}`),
    unpadded,
    base64UrlOf(unpadded),
    hex.toUpperCase(),
    encodings.lowerCasePercent(form),
    encodings.percentEncode(encodings.uriComponent(secret)),
    encodings.doubleQuoted(secret),
  ];
  const isMask = (candidate: string): boolean => candidate.length >= SHORTEST_MASK && candidate !== secret;
  const forms = new Set(needed.filter(isMask));
  for (const candidate of whereThereIsRoom.filter(isMask)) {
    if (forms.size < MOST_MASKS - 1) {
      forms.add(candidate);
    }
  }
  return [...forms];
}

/**
 * The part of a text's base64 that is the same whatever stands before and after it: for each of the three
 * alignments the complete groups, in both alphabets. Masking these leaves at most two bytes at each end.
 */
function base64Cores(text: string): string[] {
  const bytes = Buffer.from(text);
  return [0, 1, 2].flatMap((shift) => {
    const core = bytes.subarray(shift, shift + 3 * Math.floor((bytes.length - shift) / 3));
    return [core.toString('base64'), core.toString('base64url')];
  });
}

/** The lines of a wrapped key that hold any of the secret; those before it hold only the domain and the client id. */
function wrappedLines(key: string, secret: string, columns: number): string[] {
  const firstSecretColumn = Math.floor(Buffer.from(key, 'base64').lastIndexOf(secret) / 3) * 4;
  const lines = Array.from({ length: Math.ceil(key.length / columns) }, (_, line) =>
    key.slice(line * columns, (line + 1) * columns),
  );
  return lines.slice(Math.max(0, Math.floor(firstSecretColumn / columns)));
}

function base64UrlOf(key: string): string {
  return key.replaceAll('+', '-').replaceAll('/', '_');
}

/**
 * Texts any part of which gives away a part of the secret. More than is worth a mask of the runner: only what this
 * action itself prints is held against them.
 */
export function givingAway(secret: string): string[] {
  const forms = [
    ...new Set([secret, encodings.quotePlus(secret), encodings.formEncode(secret), encodings.uriComponent(secret)]),
  ];
  const cores = [...new Set(forms.flatMap(base64Cores))];
  return [
    ...forms,
    ...cores,
    ...cores.flatMap(base64Cores),
    ...cores.map(encodings.percentEncode),
    secret.replaceAll('%', '%25'),
    encodings.xmlEscaped(secret),
    encodings.inJson(secret),
    encodings.shellQuoted(secret),
    encodings.doubleQuoted(secret),
    encodings.pythonRepr(secret),
    encodings.percentEncode(encodings.uriComponent(secret)),
    encodings.jsonInJson(secret),
    encodings.goJson(secret),
    encodings.htmlEscaped(secret, '&#x27;', '&quot;'),
    encodings.htmlEscaped(secret, '&#39;', '&#34;'),
    Buffer.from(secret).toString('hex'),
  ];
}
