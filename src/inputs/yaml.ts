import type { Json } from '../transport/json.ts';

/** Why a text is no YAML that is read here. */
export type YamlFault = { readonly fault: 'no-yaml'; readonly line: number | undefined } | { readonly fault: 'alias' };

/** Every scalar is a text: a client id of digits stays as it is. Aliases are not followed: they can grow without end. */
export async function readYaml(text: string): Promise<{ readonly value: Json } | YamlFault> {
  const { parseDocument } = await import('yaml');
  const document = parseDocument(text, { schema: 'failsafe', logLevel: 'silent' });
  const [error] = document.errors;
  if (error !== undefined) {
    return { fault: 'no-yaml', line: error.linePos?.[0].line };
  }
  try {
    return { value: document.toJS({ maxAliasCount: 0 }) as Json };
  } catch {
    return { fault: 'alias' };
  }
}
