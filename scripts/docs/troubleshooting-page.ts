import { CATALOGUE } from '../../src/catalogue.ts';
import { anchorOf, type FindingDefinition } from '../../src/findings/finding.ts';
import { PROVIDERS } from '../../src/identity-provider/providers.ts';
import { blocks, code, GENERATED, prose } from './markdown.ts';

const OPENING = blocks(
  '# Troubleshooting',
  GENERATED,
  'Every heading is an error text as somebody meets it: in the log of `flyte deploy`, in that of the control plane, or in the answer of an identity provider. Below it stand the most likely cause, the fix, and the finding by which this action reports the same fault before a deploy does.',
  'The action needs no such search: it makes the same requests as the client, and names the cause in its annotation. For a text that you have at hand already, pipe it into the terminal command:',
  '```sh\nunion-auth explain --provider okta --status 400 < answer.json\nunion-auth explain < deploy.log\n```',
);

/** Whose words they are, by the area of the finding. */
const SPEAKERS: readonly (readonly [heading: string, about: string, areas: readonly string[]])[] = [
  [
    'What the flyte client says',
    'Texts of `flyte`, `flytekit` and what is below them. They seldom name the cause.',
    ['event', 'key', 'client', 'network', 'discovery', 'idp'],
  ],
  [
    'What the control plane and its ingress say',
    'Texts of flyteadmin, of its libraries and of the ingress. Clients often see only a part of them; the log of the control plane has the rest.',
    ['token', 'key-set', 'plane'],
  ],
];

type Entry = readonly [text: string, code: string, definition: FindingDefinition];

export function troubleshootingPage(): string {
  const entries = Object.entries<FindingDefinition>(CATALOGUE).flatMap(([code, definition]) =>
    (definition.errorTexts ?? []).map((text): Entry => [text, code, definition]),
  );
  const areaOf = ([, code]: Entry): string => code.slice(0, code.lastIndexOf('/'));
  const general = SPEAKERS.map(([heading, about, areas]) =>
    blocks(
      `## ${heading}`,
      about,
      ...grouped(
        entries.filter((entry) => areas.includes(areaOf(entry))),
        '###',
      ),
    ),
  );
  const providers = PROVIDERS.map(({ name, title }) => {
    const own = grouped(
      entries.filter((entry) => areaOf(entry) === `idp/${name}`),
      '####',
    );
    const heading = name === 'generic' ? 'Other providers' : title;
    return own.length === 0 ? undefined : blocks(`### ${heading}`, ...own);
  });
  const about =
    'The answer of the token endpoint, as `error: error_description`. The flyte client shows it as `Status Code (401) received from IDP: {...}`.';
  return `${blocks(OPENING, ...general, blocks('## What identity providers say', about, ...providers))}\n`;
}

/** One heading a text; a text that stands for two findings has both below it. */
function grouped(entries: readonly Entry[], level: string): string[] {
  return [...Map.groupBy(entries, ([text]) => text)].map(([text, own]) =>
    blocks(`${level} ${code(text)}`, ...own.map(([, name, definition]) => explanation(name, definition))),
  );
}

function explanation(name: string, { title, cause, fix }: FindingDefinition): string {
  return blocks(
    `${prose(title)}. ${prose(cause)}`,
    `Fix: ${prose(fix)}`,
    `Finding: [\`${name}\`](findings.md#${anchorOf(name)})`,
  );
}
