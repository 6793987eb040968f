import { anchorOf } from '../../src/findings/finding.ts';
import type { IdentityProvider } from '../../src/identity-provider/identity-provider.ts';
import { PROVIDERS } from '../../src/identity-provider/providers.ts';
import { blocks, code, GENERATED, prose, table } from './markdown.ts';

const OPENING = blocks(
  '# Identity providers',
  GENERATED,
  'How to make an OAuth app for CI at each identity provider, so that the flyte client can sign in with it and the control plane accepts its tokens. What they all have in common: the app uses the client credentials grant, sends its id and secret in the Basic header (`client_secret_basic`), and its access token is a signed JWT.',
  'The control plane looks for three things in the token: an audience that stands in its setting `allowedAudience`; the scope `all` in the claim `scp`, unless the token has neither `scp` nor `client_id`; and, in Union, a claim that marks it as that of an app. Which of them a provider gets right by itself differs, and that is what the steps below are about.',
  'Which provider a deployment uses is told from its addresses, else from its metadata document. A provider that is not listed works too: see [Any other provider](#any-other-provider).',
);

/** What a rotation costs; docs/rotation.md has the steps. */
const OVERLAPS = {
  always: 'Two secrets can be valid at once, so no deploy fails meanwhile.',
  'with-setting': 'Whether the old secret stays valid beside the new one is a matter of settings.',
  never: 'The old secret ends with the new one, so have the new key ready to write.',
} as const;

export function providersPage(): string {
  const overview = table(
    ['Provider', 'Name in the output `provider`', 'Marks its apps by'],
    PROVIDERS.map(({ name, title, appClaims }) => [
      name === 'generic' ? '[Any other provider](#any-other-provider)' : `[${title}](#${headingAnchor(title)})`,
      code(name),
      appClaims.map(([claim, value]) => code(`${claim}=${value}`)).join(', ') || 'nothing of its own',
    ]),
  );
  return `${blocks(OPENING, overview, ...PROVIDERS.map(section))}\n`;
}

function section(provider: IdentityProvider): string {
  const { name, title, setUp, notes, findings, rotation, secretRecords } = provider;
  const who = name === 'generic' ? 'any other provider' : title;
  const rows = Object.entries(findings).map(([finding, { title: what, errorTexts = [] }]) => [
    `[${code(finding)}](findings.md#${anchorOf(finding)})`,
    `${prose(what)}.`,
    errorTexts.map((text) => code(text).replaceAll('|', '\\|')).join(' '),
  ]);
  return blocks(
    `## ${name === 'generic' ? 'Any other provider' : title}`,
    ...(setUp.length > 0 ? [`### Set up ${name === 'generic' ? 'another provider' : title}`] : []),
    setUp.map((step, index) => `${index + 1}. ${step}`).join('\n'),
    ...(notes.length > 0 ? [`### Good to know about ${name === 'generic' ? 'other providers' : title}`] : []),
    notes.map((note) => `- ${note}`).join('\n'),
    `### Rotating the secret at ${who}`,
    `${OVERLAPS[rotation.overlap]}${secretRecords === undefined ? '' : ' The reminder can read the age of the secret from the record of the provider.'} How it is done: [The client secret at ${who}](rotation.md#${headingAnchor(`The client secret at ${who}`)}).`,
    ...(rows.length > 0
      ? [
          `### What ${name === 'generic' ? 'they answer' : `${title} answers`}`,
          table(['Finding', 'What it means', 'Error text'], rows),
        ]
      : []),
  );
}

function headingAnchor(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\w -]/g, '')
    .replaceAll(' ', '-');
}
