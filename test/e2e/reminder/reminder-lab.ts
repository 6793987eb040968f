import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { expect } from 'vitest';
import { DAY } from '../../../src/rotation/instants.ts';
import { readCommentMarker, readIssueMarker } from '../../../src/rotation/marker.ts';
import { writeStamp } from '../../../src/rotation/stamp.ts';
import { type Deployment, type DeploymentOptions, startDeployment } from '../../lab/deployment.ts';
import { type GitHub, type GitHubOptions, startGitHub } from '../../lab/github/github.ts';
import type { Issue } from '../../lab/github/world.ts';
import { type ScriptedServer, startScriptedServer } from '../../lab/scripted-server.ts';
import { runStep, type StepResult } from '../../runner/action-runner.ts';
import { findLeak } from '../../runner/leak-oracle.ts';
import { withoutMasks } from '../../runner/printed.ts';
import { authority } from '../scenario.ts';
import { bearerToken, describeRun } from '../snapshot.ts';

const REMINDER = path.join(import.meta.dirname, '../../../rotation-reminder');
export const TOKEN = 'ghs_token-of-the-job-0123456789abcdef';
/** Day 0 of the key. */
const DAY_ZERO = Date.UTC(2026, 0, 1, 5, 37);

interface ReminderRun {
  readonly result: StepResult;
  /** What was done to the issues, by the words of the log. */
  readonly events: readonly string[];
  readonly findings: readonly string[];
  /** The run as a page to read. */
  readonly page: string;
}

interface ShownIssue {
  readonly number: number;
  readonly state: string;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  readonly notices: readonly string[];
}

export type Inputs = Readonly<Record<string, string | undefined>>;

interface RunOptions {
  readonly environment?: Record<string, string>;
  /** As a runner that is taken away: nothing is said goodbye to. */
  readonly killedAfterMs?: number;
}

export interface ReminderLab extends AsyncDisposable {
  readonly deployment: Deployment;
  readonly github: GitHub;
  readonly clientSecret: string;
  /** The run of one day: `at` is the clock. */
  run(day: number, inputs?: Inputs, options?: RunOptions): Promise<ReminderRun>;
  /** A new client secret in place of the old one. @returns it */
  rotate(): string;
  issues(): ShownIssue[];
  issue(number?: number): Issue;
  /** Another server beside the deployment, as that of a provider. */
  addServer(hostName: string): Promise<ScriptedServer>;
  /** In no log, summary, output, issue or comment of any run. */
  expectNoSecret(...others: string[]): void;
}

/** A deployment with a real OpenID provider, and GitHub beside it, whose clock is the day of the run. */
export async function startReminderLab(
  options: { deployment?: DeploymentOptions; github?: Partial<GitHubOptions> } = {},
): Promise<ReminderLab> {
  const deployment = await startDeployment({ authority: await authority(), ...options.deployment });
  let clock = DAY_ZERO;
  const github = await startGitHub({
    authority: deployment.authority,
    requests: deployment.requests,
    now: () => clock,
    ...options.github,
  });
  github.addToken(TOKEN);
  const repository = github.repository();
  for (const login of ['dev', 'lead']) {
    repository.collaborators.add(login);
  }
  const secrets = new Set([deployment.clientSecret]);
  const connections = [...deployment.connectTo, github.connectTo];
  const texts: string[] = [];
  const ends: (() => Promise<void>)[] = [];
  let { clientSecret } = deployment;

  return {
    deployment,
    github,
    get clientSecret() {
      return clientSecret;
    },
    async run(day, inputs = {}, { environment = {}, killedAfterMs } = {}) {
      clock = instantOf(day);
      const all: Inputs = {
        domain: deployment.domain,
        'client-id': deployment.clientId,
        'client-secret': clientSecret,
        'ca-certificates': deployment.certificateAuthorityPem,
        'connect-to': connections.join('\n'),
        name: 'production',
        'github-token': TOKEN,
        assignees: 'dev',
        'escalate-to': 'lead',
        at: new Date(clock).toISOString(),
        retries: '0',
        ...inputs,
      };
      const result = await runStep({
        actionDirectory: REMINDER,
        step: 'main',
        inputs: Object.fromEntries(
          Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
        ),
        environment: { GITHUB_API_URL: github.apiUrl, ...environment },
        eventName: 'schedule',
        ...(killedAfterMs !== undefined && { timeoutMs: killedAfterMs }),
      });
      ends.push(result.cleanUp);
      texts.push(withoutMasks(result.stdout), result.rawSummary, JSON.stringify(result.outputs), result.stderr);
      const page = describeRun({ result, requests: [], secrets: [...secrets], isMaskedByRunner: false });
      return { result, events: eventsIn(result), findings: findingsIn(result), page };
    },
    rotate() {
      clientSecret = `new-${randomBytes(24).toString('base64url')}`;
      secrets.add(clientSecret);
      deployment.provider.replaceSecret(deployment.clientId, clientSecret);
      return clientSecret;
    },
    issues: () => repository.issues.map(shown),
    issue(number = 1) {
      const found = repository.issues.find((one) => one.number === number);
      if (found === undefined) {
        throw new Error(`there is no issue #${number}`);
      }
      return found;
    },
    async addServer(hostName) {
      const { requests } = deployment;
      const server = await startScriptedServer({
        authority: deployment.authority,
        requests,
        hostNames: [hostName],
        name: hostName,
      });
      connections.push(`${hostName}:443:127.0.0.1:${server.port}`);
      ends.push(server.stop);
      return server;
    },
    expectNoSecret(...others) {
      const tokens = deployment.requests.map(bearerToken).filter((token) => token !== undefined);
      const written = repository.issues.flatMap(({ title, body, comments }) => [
        title,
        body,
        ...comments.map((one) => one.body),
      ]);
      for (const needle of [...secrets, ...new Set(tokens), TOKEN, ...others]) {
        for (const text of [...texts, ...written]) {
          expect(findLeak(needle.slice(0, 300), text)).toBeUndefined();
        }
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([deployment.stop(), github.stop(), ...ends.map((end) => end())]);
    },
  };
}

export function instantOf(day: number): number {
  return DAY_ZERO + day * DAY;
}

/** The value of the variable, for a key that was rotated on a day. */
export function stampOn(day: number, text: string, more: { expires?: number; keyId?: string } = {}): string {
  return writeStamp({ created: instantOf(day), ...more }, text, randomBytes(16));
}

function shown({ number, state, labels, assignees, comments }: Issue): ShownIssue {
  const notices = comments.map(({ body }) => readCommentMarker(body)?.notice ?? `said: ${body}`);
  return { number, state, labels: [...labels], assignees: [...assignees], notices };
}

/** What the key of an issue is, by its marker. */
export function keyOf({ body }: Issue): string | undefined {
  return readIssueMarker(body)?.key;
}

function eventsIn({ log }: StepResult): string[] {
  return [...log.matchAll(/^Issue(?: #\d+)?: (.*)\.$/gm)].map(([, event]) => event ?? '');
}

function findingsIn({ outputs }: StepResult): string[] {
  const findings = JSON.parse(outputs['findings'] ?? '[]') as { severity: string; code: string }[];
  return findings
    .filter(({ code }) => code !== 'input/connect-to-in-use')
    .map(({ severity, code }) => `${severity} ${code}`);
}
