import { type Finding, FindingError } from '../findings/finding.ts';
import { connectToGitHub } from '../github/api.ts';
import { readSchedule } from '../github/schedule.ts';
import type { AuthOptions } from '../inputs/auth-inputs.ts';
import { checkReminder } from '../rotation/deploy-check.ts';
import { rotationFinding } from '../rotation/findings.ts';
import { cleanFindings } from '../run-report.ts';
import type { SecretStore } from '../secrecy/secret-store.ts';
import type { Attempt, createTransport } from '../transport/http-client.ts';
import { systemRetryEffects } from '../transport/retry.ts';

/** What became of a side matter, cleaned for printing. */
export interface AskedReminder {
  readonly findings: readonly Finding[];
  readonly attempts: readonly Attempt[];
}

/** As long as a deploy waits for it. */
const DEADLINE_SECONDS = 10;

/** Whether a workflow still runs by its schedule. What can't be read is a note. */
export async function askForSchedule(
  { file, token }: { readonly file: string; readonly token: string },
  options: AuthOptions,
  environment: NodeJS.ProcessEnv,
  secrets: SecretStore,
  create: typeof createTransport,
): Promise<AskedReminder> {
  const deadlineSeconds = Math.min(DEADLINE_SECONDS, options.deadlineSeconds);
  const transport = create({ ...options, deadlineSeconds });
  const apiUrl = environment['GITHUB_API_URL'] ?? 'https://api.github.com';
  const findings: Finding[] = [];
  try {
    const api = await connectToGitHub({ apiUrl, token }, transport, systemRetryEffects(0));
    const schedule = await readSchedule(api, environment['GITHUB_REPOSITORY'] ?? '', file);
    findings.push(...checkReminder(file, schedule, Date.now()));
  } catch (error) {
    if (!(error instanceof FindingError)) {
      throw error;
    }
    const { code, detail } = error.finding;
    findings.push(rotationFinding('rotation/reminder-not-checked', `${detail} (${code})`));
  } finally {
    transport.close();
  }
  return { findings: cleanFindings(findings, secrets), attempts: transport.attempts };
}
