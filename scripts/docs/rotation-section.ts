import { PROVIDERS } from '../../src/identity-provider/providers.ts';
import { withClientId } from '../../src/identity-provider/rotation.ts';
import { blocks, table } from './markdown.ts';

const OVERLAPS = {
  always: 'yes',
  'with-setting': 'depends on its settings',
  never: 'no: have the new key ready to write',
} as const;

/** How a client secret is replaced at each provider, for docs/rotation.md. */
export function rotationSection(): string {
  const overview = table(
    ['Provider', 'Two secrets valid at once', 'Its own record can be read'],
    PROVIDERS.map(({ name, title, rotation, secretRecords }) => [
      nameOf(name, title),
      OVERLAPS[rotation.overlap],
      secretRecords === undefined ? 'no' : 'yes',
    ]),
  );
  const sections = PROVIDERS.map(({ name, title, rotation }) => {
    const { newSecret, oldSecret, notes } = withClientId(rotation, '');
    const list = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');
    return blocks(
      `### The client secret at ${nameOf(name, title)}`,
      'A new one (step 1):',
      list(newSecret),
      'The old one (step 5):',
      list(oldSecret),
      ...(notes.length > 0 ? ['Good to know:', list(notes)] : []),
    );
  });
  return blocks('## The client secret, provider by provider', overview, ...sections);
}

function nameOf(name: string, title: string): string {
  return name === 'generic' ? 'any other provider' : title;
}
