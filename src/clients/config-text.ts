import type { ConfigSections, ConfigValue } from './client.ts';

const OPENING = '# Written by union-auth-action. It holds no secret: the clients read that from their environment.';

/** What a text in double quotes may not hold as it is in YAML 1.1, which the Python clients read, and JSON leaves be. */
const NOT_PRINTABLE = /[\u007f-\u00a0\u2028\u2029\ufeff]/g;

/**
 * The text of a config file; empty values and sections are left out. Every text is quoted as in JSON, which YAML reads
 * alike: no value can then be taken for a number, a boolean, an alias or a comment, or end its line.
 */
export function configText(sections: ConfigSections): string {
  const parts = Object.entries(sections).flatMap(([name, values]) => {
    const lines = Object.entries(values)
      .filter(([, value]) => value !== '' && !(Array.isArray(value) && value.length === 0))
      .map(([key, value]) => `  ${key}: ${scalar(value)}`);
    return lines.length === 0 ? [] : [`${name}:`, ...lines];
  });
  return `${[OPENING, ...parts].join('\n')}\n`;
}

function scalar(value: ConfigValue): string {
  if (typeof value === 'boolean') {
    return String(value);
  }
  return typeof value === 'string' ? quoted(value) : `[${value.map(quoted).join(', ')}]`;
}

function quoted(text: string): string {
  return JSON.stringify(text).replace(
    NOT_PRINTABLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
