import type { SecretPlace } from './watched-key.ts';

/** What the five steps of a rotation are filled in with. Never a secret. */
export interface RunbookFacts {
  readonly domain: string;
  readonly clientId: string;
  readonly org: string;
  readonly place: SecretPlace;
  /** As owner/name; empty where it is not known. */
  readonly repository: string;
  readonly variable: string;
  /** Where the key lives. */
  readonly system: 'github' | 'gitlab' | 'other';
  /** How a new secret is made at the provider, and the old one removed, in Markdown. */
  readonly newSecret: readonly string[];
  readonly oldSecret: readonly string[];
  readonly notes: readonly string[];
}

export interface RunbookStep {
  readonly title: string;
  readonly lines: readonly string[];
}

/** The five steps of docs/rotation.md, with the names of this deployment. */
export function runbook(facts: RunbookFacts): RunbookStep[] {
  return [
    { title: 'Make a new client secret, and leave the old one', lines: items([...facts.newSecret, ...facts.notes]) },
    { title: facts.place.holds === 'key' ? 'Build the key with it' : 'Take it in hand', lines: build(facts) },
    { title: `Write it ${WRITTEN_TO[facts.system]}`, lines: [...write(facts), ...stamp(facts)] },
    { title: 'Prove it', lines: prove(facts) },
    { title: 'Remove the old client secret', lines: remove(facts) },
  ];
}

const WRITTEN_TO = { github: 'to GitHub', gitlab: 'to GitLab', other: 'to your CI system' } as const;

/** The secret goes through the environment and pipes: it is in no history and in no list of processes. */
function build({ domain, clientId, org, place }: RunbookFacts): string[] {
  const asked = 'In a shell, paste the new secret; it is not shown:';
  if (place.holds === 'client-secret') {
    return [asked, ...code('read -rs NEW_SECRET')];
  }
  const options = [
    `--domain ${quoted(domain === '' ? '<domain>' : domain)}`,
    `--client-id ${quoted(clientId === '' ? '<client id>' : clientId)}`,
    ...(org === '' ? [] : [`--org ${quoted(org)}`]),
  ];
  return [
    asked,
    ...code('read -rs CLIENT_SECRET && export CLIENT_SECRET', `NEW_KEY=$(union-auth key encode ${options.join(' ')})`),
  ];
}

function write(facts: RunbookFacts): string[] {
  const { place, repository, system } = facts;
  const value = `printf %s "$${variableIn(facts)}"`;
  if (system !== 'github') {
    return [
      system === 'gitlab'
        ? `Settings > CI/CD > Variables > \`${place.name}\`: paste the value, and keep *Masked* and *Protected* as they are.`
        : `Replace the value of \`${place.name}\` in the store of your CI system.`,
      'To copy it without showing it:',
      ...code(`${value} | pbcopy    # macOS; Linux: xclip -selection clipboard, wl-copy; Windows: clip`),
    ];
  }
  switch (place.scope) {
    case 'organization':
      return [
        'Organization > Settings > Secrets and variables > Actions: update the value there, since `gh secret set --org` also sets who may see the secret.',
        'To copy it without showing it:',
        ...code(`${value} | pbcopy    # macOS; Linux: xclip -selection clipboard, wl-copy; Windows: clip`),
      ];
    case 'environment':
    case 'repository':
      return code(`${value} | gh secret set ${place.name}${target(repository, place.environment)}`);
  }
}

function stamp(facts: RunbookFacts): string[] {
  const { repository, place, variable, system } = facts;
  const options = [
    ...(variable === 'FLYTE_API_KEY_META' ? [] : [`--variable ${variable}`]),
    ...(system === 'github' && repository !== '' ? [`--repository ${quoted(repository)}`] : []),
    ...(place.environment === undefined ? [] : [`--environment ${quoted(place.environment)}`]),
  ];
  const key = place.holds === 'key' ? '' : ' (it takes the client secret as well as the key)';
  return [
    `Then the stamp, which tells the reminder when the key was rotated${key}. It prints a line to run:`,
    ...code(
      [`printf %s "$${variableIn(facts)}" | union-auth rotation stamp`, ...options].join(' '),
      `unset CLIENT_SECRET NEW_KEY NEW_SECRET`,
    ),
  ];
}

function prove({ system, repository }: RunbookFacts): string[] {
  return system === 'github'
    ? [
        'Start a fresh run of the deploy workflow. Do not re-run an old one: that can be given the old secret again.',
        ...code(`gh workflow run deploy.yml${target(repository, undefined)}`),
        'Its sign-in step must say that it is ready.',
      ]
    : ['Start a fresh pipeline of the deploy. Its check of the key must say that it is ready.'];
}

function remove({ oldSecret, system }: RunbookFacts): string[] {
  const waits =
    system === 'github'
      ? 'First see that no run is queued or waiting that began before step 3: it was given the old secret when it was queued.'
      : 'First see that no pipeline is running that began before step 3.';
  return items([waits, ...oldSecret]);
}

function target(repository: string, environment: string | undefined): string {
  return [
    ...(repository === '' ? [] : [` --repo ${quoted(repository)}`]),
    ...(environment === undefined ? [] : [` --env ${quoted(environment)}`]),
  ].join('');
}

function variableIn({ place }: RunbookFacts): string {
  return place.holds === 'key' ? 'NEW_KEY' : 'NEW_SECRET';
}

function items(lines: readonly string[]): string[] {
  return lines.map((line) => `- ${line}`);
}

function code(...lines: string[]): string[] {
  return ['```bash', ...lines, '```'];
}

/** One word of a POSIX shell. */
function quoted(word: string): string {
  return /^[\w./:@-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
