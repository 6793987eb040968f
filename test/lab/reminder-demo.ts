import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { DAY } from '../../src/rotation/instants.ts';
import { readCommentMarker } from '../../src/rotation/marker.ts';
import { writeStamp } from '../../src/rotation/stamp.ts';
import { runStep, type StepResult } from '../runner/action-runner.ts';
import { heading, linesOf, part, styled, table } from './demo-page.ts';
import type { Deployment } from './deployment.ts';
import { type GitHub, startGitHub } from './github/github.ts';
import type { Issue } from './github/world.ts';

const REMINDER = path.join(import.meta.dirname, '../../rotation-reminder');
const TOKEN = 'ghs_token-of-the-demo-0123456789';
const DAY_ZERO = Date.UTC(2026, 0, 1, 5, 37);
const NEW_SECRET = 'the-next-secret-of-this-app-0123456789';
/** The days on which something happens, and two on which nothing does. */
const DAYS = [30, 60, 61, 76, 83, 90, 93] as const;
const ROTATION_DAY = 93;
const EXPECTED_NOTICES = ['due', 'urgent', 'overdue', 'closed'];

/** The life of a key under the reminder, beside a GitHub on this machine. @returns whether it went as it must. */
export async function showReminder(lab: Deployment): Promise<boolean> {
  let clock = DAY_ZERO;
  const github = await startGitHub({
    authority: lab.authority,
    requests: [],
    hostName: 'api.github.com',
    now: () => clock,
  });
  github.addToken(TOKEN);
  github.repository().collaborators.add('lead');
  try {
    heading('3. The life of a key under the reminder');
    let secret = lab.clientSecret;
    let stamp = stampOf(0, secret);
    const days: [string, string][] = [];
    const faults: string[] = [];
    let shown: StepResult | undefined;
    for (const day of DAYS) {
      clock = DAY_ZERO + day * DAY;
      if (day === ROTATION_DAY) {
        lab.provider.replaceSecret(lab.clientId, NEW_SECRET);
        secret = NEW_SECRET;
        stamp = stampOf(day, secret);
        days.push([`day ${day}`, styled('somebody rotates the key, by the steps of the issue', 'cyan')]);
      }
      const step = await runReminder(lab, github, { day, clock, secret, stamp });
      days.push([`day ${day}`, eventsOf(step)]);
      faults.push(...faultsOf(step, day, [lab.clientSecret, NEW_SECRET, TOKEN]));
      shown = day === 83 ? step : shown;
      await step.cleanUp();
    }
    part('What each run did', table(days));
    const [issue, ...others] = github.repository().issues;
    if (shown === undefined || issue === undefined) {
      return report(['there is no issue']);
    }
    part('The job summary of day 83 (GitHub draws the timeline)', linesOf(shown.summary));
    part(`Issue #${issue.number}: ${issue.title}`, linesOf(withoutMarkers(issue.body)));
    part('Its comments', linesOf(issue.comments.map(({ body }) => withoutMarkers(body)).join('\n')));
    part('Result', [`${others.length + 1} issue, ${issue.state}, with ${issue.comments.length} comments`]);
    return report([...faults, ...faultsOfIssue(issue, others)]);
  } finally {
    await github.stop();
  }
}

function runReminder(
  lab: Deployment,
  github: GitHub,
  { clock, secret, stamp }: { day: number; clock: number; secret: string; stamp: string },
): Promise<StepResult> {
  return runStep({
    actionDirectory: REMINDER,
    step: 'main',
    eventName: 'schedule',
    inputs: {
      name: 'production',
      domain: lab.domain,
      'client-id': lab.clientId,
      'client-secret': secret,
      meta: stamp,
      'escalate-to': 'lead',
      'github-token': TOKEN,
      at: new Date(clock).toISOString(),
      'ca-certificates': lab.certificateAuthorityPem,
      'connect-to': [...lab.connectTo, github.connectTo].join('\n'),
    },
  });
}

function stampOf(day: number, secret: string): string {
  return writeStamp({ created: DAY_ZERO + day * DAY }, secret, randomBytes(16));
}

function eventsOf({ log, outputs }: StepResult): string {
  const events = [...log.matchAll(/^Issue(?: #\d+)?: (.*)\.$/gm)].map(([, event]) => event);
  return `${(outputs['stage'] ?? '').padEnd(9)} ${events.length === 0 ? 'nothing to do' : events.join(', ')}`;
}

function withoutMarkers(text: string): string {
  return text.replaceAll(/<!--.*?-->\n?/g, '').trim();
}

function faultsOf(step: StepResult, day: number, secrets: readonly string[]): string[] {
  const text = step.log + step.summary;
  return [
    ...(step.exitCode === 0 ? [] : [`day ${day} ended with exit code ${step.exitCode}`]),
    ...(step.stderr === '' ? [] : [`day ${day} wrote to standard error`]),
    ...(secrets.some((secret) => text.includes(secret)) ? [`a secret can be read on day ${day}`] : []),
  ];
}

function faultsOfIssue(issue: Issue, others: readonly Issue[]): string[] {
  const notices = issue.comments.map(({ body }) => readCommentMarker(body)?.notice ?? 'none');
  return [
    ...(others.length === 0 ? [] : ['there is more than one issue']),
    ...(issue.state === 'closed' ? [] : ['the issue is not closed']),
    ...(notices.join() === EXPECTED_NOTICES.join() ? [] : [`the comments are ${notices.join(', ')}`]),
  ];
}

function report(faults: readonly string[]): boolean {
  for (const fault of faults) {
    console.log(styled(`\n  Not as it must be: ${fault}.`, 'red'));
  }
  return faults.length === 0;
}
