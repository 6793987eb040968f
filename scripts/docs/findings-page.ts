import { CATALOGUE } from '../../src/catalogue.ts';
import type { FindingDefinition, Severity } from '../../src/findings/finding.ts';
import { PROVIDERS } from '../../src/identity-provider/providers.ts';
import { blocks, code, GENERATED, prose } from './markdown.ts';

/** What each area of findings is about, as a heading and a sentence. An area without one stands under its own name. */
const AREAS: Readonly<Record<string, readonly [heading: string, about: string]>> = {
  input: ['Inputs', 'The inputs of the step can not be used as they are.'],
  event: ['Events', 'What started the workflow, and whether it may have secrets.'],
  runner: ['Runner', 'What in the environment of the step would make it unsafe to go on.'],
  key: ['Key', 'The shape of the API key and of its four fields. Nothing was sent anywhere yet.'],
  client: [
    'Client',
    'What the clients would find around them, and what would keep them from using what they are given.',
  ],
  network: ['Network', 'The deployment or the identity provider could not be reached.'],
  discovery: ['Discovery', 'Asking the deployment who issues its tokens.'],
  idp: ['Identity provider', 'The trial exchange of client id and secret for a token, at any provider.'],
  token: ['Token', 'The token, judged by the rules of the control plane.'],
  'key-set': ['Key set', 'The keys by which the signature of the token is checked.'],
  plane: ['Control plane', 'What the control plane itself says, with `verify: deployment`.'],
  deployment: [
    'Deployment',
    'What `union-auth doctor` finds in a whole deployment, and in the file that describes it.',
  ],
  ...Object.fromEntries(
    PROVIDERS.map(({ name, title }) => [
      `idp/${name}`,
      [
        name === 'generic' ? 'Any other provider' : title,
        name === 'generic'
          ? 'What other providers are known to say.'
          : `What the trial exchange can end with at ${title}. How to set up an app there: [providers.md](providers.md).`,
      ],
    ]),
  ),
};

const SEVERITIES: Readonly<Record<Severity, string>> = {
  pass: 'passed',
  note: 'note',
  warning: 'warning',
  error: 'error',
};

const OPENING = blocks(
  '# Findings',
  GENERATED,
  'Everything that the action can report. The code of a finding stands in the log, in the annotation and in the output `findings`. A code never changes its meaning.',
  'An error makes the step fail, and nothing is exported. A warning lets it pass with the verdict `ready-with-warnings`. The severity below is the usual one: a rule about a setting that you did not state (`allowed-audience`, `subject-claims`, `app-claims`) gives a warning where it would give an error otherwise.',
  'To look a finding up in the terminal: `union-auth explain CODE`. To look up an error text: [troubleshooting.md](troubleshooting.md).',
);

export function findingsPage(): string {
  const byArea = Map.groupBy(Object.entries<FindingDefinition>(CATALOGUE), ([code]) =>
    code.slice(0, code.lastIndexOf('/')),
  );
  const sections = [...byArea].map(([area, definitions]) => {
    const [heading, about] = AREAS[area] ?? [area];
    return blocks(`## ${heading}`, about, ...definitions.map(([code, definition]) => section(code, definition)));
  });
  return `${blocks(OPENING, ...sections)}\n`;
}

function section(name: string, { title, cause, fix, severity, waitingHelps, errorTexts }: FindingDefinition): string {
  const waiting = waitingHelps === true ? 'Waiting can help: the same run may pass later.' : 'Waiting does not help.';
  const weight =
    severity === 'error' || severity === 'warning'
      ? `Severity: ${SEVERITIES[severity]}. ${waiting}`
      : `Severity: ${SEVERITIES[severity]}.`;
  return blocks(
    `### \`${name}\``,
    `**${prose(title)}.**`,
    errorTexts && `Elsewhere it reads: ${errorTexts.map(code).join(', ')}`,
    `Cause: ${prose(cause)}`,
    `Fix: ${prose(fix)}`,
    adviceOn(name),
    weight,
  );
}

/** Where in whose console. */
function adviceOn(code: string): string | undefined {
  const lines = PROVIDERS.flatMap(({ title, advice }) => {
    const own = Object.hasOwn(advice, code) ? advice[code] : undefined;
    return own === undefined
      ? []
      : [`- At ${title}: ${own.cause === undefined ? '' : `${prose(own.cause)} `}${prose(own.fix)}`];
  });
  return lines.length === 0 ? undefined : lines.join('\n');
}
