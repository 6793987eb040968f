export interface PrintedContext {
  domain: string;
  clientId: string;
  org: string;
}

/**
 * The forms in which later steps, tools and servers print a secret (security.md 1.4), by name.
 * What our masks must cover, and what the leak oracle must see through when nothing is masked.
 */
export function printedForms(secret: string, context: PrintedContext): Record<string, string> {
  return {
    ...plainForms(secret),
    ...keyForms(secret, context),
    ...basicForms(secret, context),
    ...urlForms(secret),
    ...literalForms(secret),
    ...markupForms(secret),
    ...binaryForms(secret),
  };
}

function plainForms(secret: string): Record<string, string> {
  return {
    'raw secret': secret,
    'raw in an environment dump': `CLIENT_SECRET=${secret}`,
    'raw in a sentence': `The client secret '${secret}' is not valid.`,
  };
}

function keyForms(secret: string, { domain, clientId, org }: PrintedContext): Record<string, string> {
  const plain = `${domain}:${clientId}:${secret}:${org}`;
  const key = base64(plain);
  return {
    key: key,
    'key in an environment dump': `FLYTE_API_KEY=${key}`,
    'key without padding': key.replace(/=+$/, ''),
    'key as base64url': Buffer.from(plain).toString('base64url'),
    'key percent-encoded': encodeURIComponent(key),
    'key wrapped at 76': wrap(key, 76),
    'key wrapped at 64': wrap(key, 64),
    'base64 of the key': base64(key),
    'key of another domain': base64(`staging.${domain}:${clientId}:${secret}:${org}`),
    'key of another organisation': base64(`${domain}:${clientId}:${secret}:${org}-two`),
    'key with a newline at its end': base64(`${plain}\n`),
    'key taken apart': plain,
  };
}

/** RFC 6749 2.3.1 asks for form encoding of both parts; curl does none, and Flyte quotes the secret only. */
function basicForms(secret: string, { clientId }: PrintedContext): Record<string, string> {
  const raw = base64(`${clientId}:${secret}`);
  const quoted = base64(`${clientId}:${quotePlus(secret)}`);
  return {
    'Basic, raw': `Authorization: Basic ${raw}`,
    'Basic, secret quoted as Flyte does': `Authorization: Basic ${quoted}`,
    'Basic, both form-encoded': `Authorization: Basic ${base64(`${form(clientId)}:${form(secret)}`)}`,
    'Basic as base64url': raw.replaceAll('+', '-').replaceAll('/', '_'),
    'curl with a header': `+ curl -sS -H 'Authorization: Basic ${quoted}' https://idp.example/oauth/token`,
  };
}

function urlForms(secret: string): Record<string, string> {
  const component = encodeURIComponent(secret.toWellFormed());
  return {
    'quote_plus (Python)': quotePlus(secret),
    URLSearchParams: `grant_type=client_credentials&client_secret=${form(secret)}`,
    encodeURIComponent: `https://idp.example/?secret=${component}`,
    'percent, lower case': component.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    'quote_plus, lower case': quotePlus(secret).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    'percent encoded twice': encodeURIComponent(component),
    'percent sign escaped, as in a workflow command': secret.replaceAll('%', '%25'),
  };
}

function literalForms(secret: string): Record<string, string> {
  const json = JSON.stringify({ client_secret: secret });
  return {
    JSON: json,
    'JSON in JSON': JSON.stringify({ body: json }),
    'JSON, safe for HTML (Go)': goJson(json),
    'JSON, safe for HTML, in JSON': goJson(JSON.stringify({ body: goJson(json) })),
    'shell, single quotes': `+ export SECRET=${shellQuote(secret)}`,
    'shell, double quotes': `SECRET="${secret.replace(/["\\$`]/g, '\\$&')}"`,
    'curl line': `+ curl -u ${shellQuote(`app:${secret}`)} https://idp.example/oauth/token`,
    'Python repr': pythonRepr(secret),
    'Python repr of a dictionary': `{'client_secret': ${pythonRepr(secret)}}`,
  };
}

function markupForms(secret: string): Record<string, string> {
  const named = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return {
    'XML, named entities': named.replaceAll('"', '&quot;').replaceAll("'", '&apos;'),
    "HTML (Python's html.escape)": named.replaceAll('"', '&quot;').replaceAll("'", '&#x27;'),
    "HTML (Go's html.EscapeString)": named.replaceAll('"', '&#34;').replaceAll("'", '&#39;'),
  };
}

function binaryForms(secret: string): Record<string, string> {
  const hexadecimal = Buffer.from(secret).toString('hex');
  return {
    'base64 of the secret': base64(secret),
    'base64 of the secret and a newline': base64(`${secret}\n`),
    'base64url of the secret': Buffer.from(secret).toString('base64url'),
    'base64 of the secret, twice': base64(base64(secret)),
    hex: hexadecimal,
    'hex, upper case': hexadecimal.toUpperCase(),
  };
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function wrap(text: string, columns: number): string {
  return text.replace(new RegExp(`.{${columns}}(?=.)`, 'g'), '$&\n');
}

/** Python's urllib.parse.quote_plus leaves letters, digits and _.-~ and writes a space as a plus. */
function quotePlus(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

/** URLSearchParams leaves * and escapes ~. */
function form(text: string): string {
  return new URLSearchParams({ value: text }).toString().slice('value='.length);
}

/** encoding/json of Go escapes <, > and & unless told otherwise. */
function goJson(json: string): string {
  return json.replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('&', '\\u0026');
}

function shellQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Python prefers single quotes, and takes double ones if that saves escapes. */
function pythonRepr(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t');
  if (text.includes("'") && !text.includes('"')) {
    return `"${escaped}"`;
  }
  return `'${escaped.replaceAll("'", "\\'")}'`;
}
