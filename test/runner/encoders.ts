/**
 * The eleven encoders that the runner applies to every registered value.
 * The list is src/Runner.Common/HostContext.cs (AddValueEncoder), the bodies are
 * src/Sdk/DTLogging/Logging/ValueEncoders.cs, both of actions/runner 2.336.0.
 */
type Encoder = (value: string) => string;

/** PowerShell parts shorter than this are not registered (ValueEncoders.cs, "Don't mask short secrets"). */
const shortestPowerShellPart = 6;

function base64(value: string): string {
  return Buffer.from(value, 'utf8').toString('base64');
}

/** With padding and not trimmed: ADR 0297, which would trim, was never shipped. */
function base64From(shift: number): Encoder {
  return (value) => {
    const bytes = Buffer.from(value, 'utf8');
    return (bytes.length > shift ? bytes.subarray(shift) : bytes).toString('base64');
  };
}

function commandLineArgument(value: string): string {
  return value.replaceAll('"', '\\"');
}

function expressionString(value: string): string {
  return value.replaceAll("'", "''");
}

const newtonsoftNames: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** Newtonsoft's JsonConvert.ToString also escapes U+0085, U+2028 and U+2029, which JSON.stringify leaves. */
function jsonString(value: string): string {
  return value.replace(/["\\\u0000-\u001F\u0085\u2028\u2029]/g, (character) => {
    return newtonsoftNames[character] ?? '\\u' + character.charCodeAt(0).toString(16).padStart(4, '0');
  });
}

/** Uri.EscapeDataString: RFC 3986, so unlike encodeURIComponent it escapes !'()* too. */
function uriData(value: string): string {
  return encodeURIComponent(value.toWellFormed()).replace(/[!'()*]/g, (character) => {
    return '%' + character.charCodeAt(0).toString(16).toUpperCase();
  });
}

const xmlNames: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '&': '&amp;',
};

/** SecurityElement.Escape: named entities only, never &#39; or &#x27;. */
function xmlData(value: string): string {
  return value.replace(/[<>"'&]/g, (character) => xmlNames[character] ?? character);
}

function trimDoubleQuotes(value: string): string {
  const isQuoted = value.length > 8 && value.startsWith('"') && value.endsWith('"');
  return isQuoted ? value.slice(1, -1) : '';
}

/** PowerShell colours a failing command from its last & on (or after the first &+), which splits the value. */
function beforeAmpersand(value: string): string {
  if (!value.includes('&')) {
    return '';
  }
  const end = value.includes('&+') ? value.indexOf('&+') + 2 : value.lastIndexOf('&') + 1;
  return end >= shortestPowerShellPart ? value.slice(0, end) : '';
}

/** After &+ one more letter is skipped: it is the one that PowerShell colours. */
function afterAmpersand(value: string): string {
  if (!value.includes('&')) {
    return '';
  }
  const start = value.includes('&+') ? value.indexOf('&+') + 3 : value.lastIndexOf('&') + 1;
  const part = value.slice(start);
  return part.length >= shortestPowerShellPart ? part : '';
}

/** In the order of HostContext.cs. An encoder that returns nothing registers nothing. */
export const encoders: readonly Encoder[] = [
  base64,
  base64From(1),
  base64From(2),
  commandLineArgument,
  expressionString,
  jsonString,
  uriData,
  xmlData,
  trimDoubleQuotes,
  beforeAmpersand,
  afterAmpersand,
];
