import type { CertificateAuthority } from '../lab/certificates.ts';
import { type ScriptedDeployment, startDeployment } from '../lab/deployment.ts';
import { type GitHub, startGitHub } from '../lab/github/github.ts';
import { type GitLab, startGitLab } from '../lab/gitlab.ts';
import type { Random } from '../secrecy/random-secrets.ts';
import { canBeLookedFor } from './judge.ts';

/** What opens GitHub, and what opens GitLab: never to be printed either. */
export const GITHUB_TOKEN = 'ghs_token-of-the-leak-suite-0123456789';
export const GITLAB_TOKEN = 'glpat-token-of-the-leak-suite-0123';

/** Ways in which a job is looked at more closely than usual. */
export const MODES: readonly Readonly<Record<string, string>>[] = [
  {},
  { RUNNER_DEBUG: '1', ACTIONS_STEP_DEBUG: 'true' },
  { NODE_OPTIONS: '--report-uncaught-exception --report-on-fatalerror --report-on-signal' },
  { NODE_OPTIONS: '--trace-uncaught --trace-warnings --trace-exit' },
  { NODE_DEBUG: 'http,https,tls,net,stream,fetch,undici' },
];

export interface LeakLab {
  readonly deployment: ScriptedDeployment;
  readonly github: GitHub;
  readonly gitlab: GitLab;
  /** The signatures of the tokens that were given since the last run began: the rest of a token is no credential. */
  readonly issued: string[];
  stop(): Promise<void>;
}

/** What one play is made of: which of its kind it is, and what else the seed gives. */
export interface Turn {
  readonly turn: number;
  readonly seed: number;
  readonly clientSecret: string;
  readonly lab: LeakLab;
  readonly random: Random;
}

/** What a play found, of how many processes. */
export interface Played {
  readonly processes: number;
  readonly faults: readonly string[];
}

export async function startLeakLab(authority: CertificateAuthority): Promise<LeakLab> {
  const deployment = await startDeployment({ provider: 'scripted', authority });
  const github = await startGitHub({ authority, requests: [], now: Date.now });
  github.addToken(GITHUB_TOKEN);
  github.repository();
  const gitlab = await startGitLab({ authority, requests: [], now: Date.now });
  gitlab.addToken(GITLAB_TOKEN, gitlab.addUser('project_4711_bot', 'reporter'));
  return {
    deployment,
    github,
    gitlab,
    issued: [],
    stop: async () => void (await Promise.all([deployment.stop(), github.stop(), gitlab.stop()])),
  };
}

/** What both actions are given to come to the lab. */
export function inputsOf({ deployment, github }: LeakLab, clientSecret: string): Record<string, string> {
  return {
    domain: deployment.domain,
    'client-id': deployment.clientId,
    'client-secret': clientSecret,
    'ca-certificates': deployment.certificateAuthorityPem,
    'connect-to': [...deployment.connectTo, github.connectTo].join('\n'),
    retries: '0',
  };
}

/** Whether Node itself writes to standard error, beside the program. */
export function isWrittenToByNode(environment: Readonly<Record<string, string>>): boolean {
  return Object.keys(environment).some((name) => name.startsWith('NODE_'));
}

export function secretsToLookFor(
  clientSecret: string,
  { deployment: { domain, clientId }, issued }: LeakLab,
): string[] {
  const known = canBeLookedFor(clientSecret, [domain, clientId]) ? [clientSecret.trim()] : [];
  return [...known, ...issued, GITHUB_TOKEN, GITLAB_TOKEN];
}
