import { definitionOf, type Finding, FindingError, isError, linkOf } from '../findings/finding.ts';
import { withClientId } from '../identity-provider/rotation.ts';
import type { IssueTracker } from '../issue-tracker/issue-tracker.ts';
import { rotationFinding } from '../rotation/findings.ts';
import { DAY } from '../rotation/instants.ts';
import type { FindingText, IssueFacts } from '../rotation/issue-text.ts';
import type { KeyLife } from '../rotation/key-life.ts';
import type { Stage, Thresholds } from '../rotation/stage.ts';
import { type IssueOutcome, type IssueSettings, trackKey } from '../rotation/track-key.ts';
import type { SecretPlace, WatchedKey } from '../rotation/watched-key.ts';
import { cleanFindings } from '../run-report.ts';
import { remoteText } from '../secrecy/remote-text.ts';
import type { SecretStore } from '../secrecy/secret-store.ts';
import { mapSome } from '../transport/map-some.ts';
import { readHttpsUrl } from '../transport/urls.ts';
import { type Examined, type ExamineEffects, examineKey, orFinding, softened } from './examine-key.ts';

export interface ReminderRequest {
  readonly keys: readonly WatchedKey[];
  readonly thresholds: Thresholds;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly issues: IssueSettings;
  /** Where the keys are kept. */
  readonly system: 'github' | 'gitlab' | 'other';
  /** As owner/name; empty where it is not known. */
  readonly repository: string;
  /** The address of this run; empty outside a CI system. */
  readonly run: string;
  /** What the face itself has to say about how it was called. */
  readonly remarks: readonly Finding[];
}

/** What can't be had is absent: then the next best source tells the age, and nothing is tracked or tried. */
export interface ReminderEffects extends ExamineEffects {
  readonly secrets: SecretStore;
  readonly tracker?: IssueTracker;
  /** Keeps the schedule of the reminder itself from being switched off. @throws FindingError */
  readonly keepEnabled?: () => Promise<void>;
}

/** What is known of one key. */
export interface KeyReport {
  readonly name: string;
  readonly place: SecretPlace;
  readonly findings: readonly Finding[];
  /** Absent where nothing tells the age. */
  readonly stage?: Stage;
  readonly life?: KeyLife;
  /** Whether the trial passed; absent where there was none, or where it says nothing of the key. */
  readonly works?: boolean;
  readonly issue?: IssueOutcome;
}

/** Everything that a run of the reminder found out. Holds no secret, and every text in it has passed the sanitiser. */
export interface ReminderReport {
  readonly now: number;
  readonly thresholds: Thresholds;
  /** The first deciding error: the only one that is annotated. */
  readonly cause?: Finding;
  readonly keys: readonly KeyReport[];
  /** What concerns no key alone. */
  readonly findings: readonly Finding[];
}

/** How many keys are examined at once: enough to be quick, few enough for any provider's limits. */
const KEYS_AT_ONCE = 4;

/**
 * Finds out how old each key is and whether it works, and keeps its tracking issue. Remembers nothing: the same state
 * of the world leads to the same outcome, however many runs came before.
 */
export async function remind(request: ReminderRequest, effects: ReminderEffects): Promise<ReminderReport> {
  const examined = await mapSome(request.keys, KEYS_AT_ONCE, (key) =>
    examineKey(key, request.thresholds, request.now, effects),
  );
  const findings: Finding[] = [...request.remarks];
  const outcomes = effects.tracker ? await track(examined, effects.tracker, request, effects, findings) : new Map();
  await keepEnabled(effects, request, findings);
  const keys = examined.map((one): KeyReport => {
    const outcome: IssueOutcome | undefined = outcomes.get(one.key.name);
    const { key, life, stage, works } = one;
    return {
      name: key.name,
      place: key.place,
      findings: cleanFindings([...one.findings, ...(outcome?.findings ?? []).map(softened)], effects.secrets),
      ...(life && { life }),
      ...(stage && { stage }),
      ...(works !== undefined && { works }),
      ...(outcome && { issue: cleanOutcome(outcome, effects.secrets) }),
    };
  });
  const cleaned = cleanFindings(findings, effects.secrets);
  const cause = [...keys.flatMap((key) => key.findings), ...cleaned].find(isError);
  return {
    now: request.now,
    thresholds: request.thresholds,
    ...(cause && { cause }),
    keys,
    findings: cleaned,
  };
}

/** Labels and addresses are texts of others. */
function cleanOutcome(outcome: IssueOutcome, secrets: SecretStore): IssueOutcome {
  const url = readHttpsUrl(outcome.url ?? '');
  return {
    ...outcome,
    url: url instanceof URL ? url.href : '',
    done: outcome.done.map((what) => remoteText(what, (raw) => secrets.redactRemote(raw))),
  };
}

/** The issues of all keys, one after the other: GitHub asks for no more than one writing request at a time. */
async function track(
  examined: readonly Examined[],
  tracker: IssueTracker,
  request: ReminderRequest,
  effects: ReminderEffects,
  findings: Finding[],
): Promise<ReadonlyMap<string, IssueOutcome>> {
  const outcomes = new Map<string, IssueOutcome>();
  const known = examined.filter(
    ({ life, findings: own, broken }) => life && !own.some((one) => isObstacle(one, broken)),
  );
  if (known.length === 0) {
    return outcomes;
  }
  try {
    // An issue of this life, or of the one before it where no run has closed it.
    const since = Math.min(...known.map(({ life, key }) => (life?.rotatedAt ?? 0) - 2 * key.maxAgeDays * DAY));
    const issues = await tracker.issues(Math.max(0, since));
    for (const one of known) {
      const facts = issueFacts(one, request, effects);
      const outcome = await trackKey(facts, issues, tracker, request.issues, request.now);
      outcomes.set(one.key.name, outcome);
      // What a limit or a fault of the tracker stops for one key, it stops for the others: the next run goes on there.
      if (outcome.findings.some((finding) => definitionOf(finding).waitingHelps === true)) {
        break;
      }
    }
  } catch (error) {
    if (!(error instanceof FindingError)) {
      throw error;
    }
    findings.push(softened(error.finding));
  }
  return outcomes;
}

async function keepEnabled(effects: ReminderEffects, { issues }: ReminderRequest, findings: Finding[]): Promise<void> {
  if (issues.dryRun) {
    return;
  }
  const faults: Finding[] = [];
  await orFinding(async () => await effects.keepEnabled?.(), faults);
  findings.push(
    ...faults.map(({ code, detail }) => rotationFinding('rotation/schedule-not-kept', `${detail} (${code})`)),
  );
}

/**
 * A fault of how the key is watched, and no state of it: then nothing is told to anybody. Where a source could not be
 * read for now, the next best one may well be out of date.
 */
function isObstacle(finding: Finding, broken: Finding | undefined): boolean {
  const isStateOfKey = finding === broken || finding.code === 'rotation/expired';
  return !isStateOfKey && (isError(finding) || definitionOf(finding).waitingHelps === true);
}

function issueFacts(one: Examined, request: ReminderRequest, { secrets }: ReminderEffects): IssueFacts {
  const { key, life, stage, broken } = one;
  const { rotation, title, name } = key.identityProvider;
  const textOf = (finding: Finding): FindingText => {
    const { title, cause, fix } = definitionOf(finding);
    const [{ detail } = finding] = cleanFindings([finding], secrets);
    return { code: finding.code, title, detail, cause, fix, link: linkOf(finding) };
  };
  if (life === undefined || stage === undefined) {
    throw new Error('a key without an age has no issue');
  }
  return {
    key: { name: key.name, stage, life, broken: broken?.code ?? '' },
    maxAgeDays: key.maxAgeDays,
    providerTitle: name === 'generic' ? '' : title,
    runbook: {
      domain: key.domain,
      clientId: key.clientId,
      org: key.org,
      place: key.place,
      repository: request.repository,
      variable: key.variable,
      system: request.system,
      ...withClientId(rotation, key.clientId),
    },
    ...(one.works !== undefined && { works: one.works }),
    ...(broken && { broken: textOf(broken) }),
    remarks: one.findings
      .filter(({ severity, code }) => severity === 'warning' && code !== `rotation/${stage}`)
      .map(textOf),
    run: request.run,
  };
}
