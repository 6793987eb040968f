import { definitionOf, linkOf } from './catalogue.ts';
import { type Finding, FindingError, isError } from './findings/finding.ts';
import type { SecretRecord } from './identity-provider/identity-provider.ts';
import { type KnownProvider, PROVIDERS, recogniseProvider } from './identity-provider/providers.ts';
import { withClientId } from './identity-provider/rotation.ts';
import { chooseRecord, recordFinding } from './identity-provider/secret-records.ts';
import type { IssueTracker } from './issue-tracker/issue-tracker.ts';
import { rotationFinding } from './rotation/findings.ts';
import { DAY, dateOf, daysBetween } from './rotation/instants.ts';
import type { FindingText, IssueFacts } from './rotation/issue-text.ts';
import { type AgeSource, type KeyLife, lifeOf } from './rotation/key-life.ts';
import { readOwnStamp } from './rotation/own-stamp.ts';
import { type Stage, stageOf, type Thresholds } from './rotation/stage.ts';
import type { Stamp } from './rotation/stamp.ts';
import { type IssueOutcome, type IssueSettings, trackKey } from './rotation/track-key.ts';
import type { SecretPlace, WatchedKey } from './rotation/watched-key.ts';
import { cleanFindings, type Report } from './run-report.ts';
import { remoteText } from './secrecy/remote-text.ts';
import type { SecretStore } from './secrecy/secret-store.ts';
import { readHttpsUrl } from './transport/urls.ts';

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
}

/** What can't be had is absent: then the next best source tells the age, and nothing is tracked or tried. */
export interface ReminderEffects {
  readonly secrets: SecretStore;
  readonly tracker?: IssueTracker;
  /** When a secret was last written, in milliseconds since 1970. @throws FindingError */
  readonly secretWritten?: (place: SecretPlace) => Promise<number>;
  /** What the provider knows of the secrets of the key's app. @throws FindingError */
  readonly records?: (key: KnownKey) => Promise<readonly SecretRecord[]>;
  /** Keeps the schedule of the reminder itself from being switched off. @throws FindingError */
  readonly keepEnabled?: () => Promise<void>;
  /** The trial exchange and its verdict. */
  readonly trial?: (key: WatchedKey) => Promise<Report>;
}

/** A key with what the trial told of it. */
interface KnownKey extends WatchedKey {
  readonly identityProvider: KnownProvider;
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

/** What one key is before its issue is looked at. */
interface Examined {
  readonly key: KnownKey;
  readonly findings: Finding[];
  readonly life?: KeyLife;
  readonly stage?: Stage;
  readonly works?: boolean;
  readonly broken?: Finding;
}

/** How many keys are examined at once: enough to be quick, few enough for any provider's limits. */
const KEYS_AT_ONCE = 4;

/**
 * Finds out how old each key is and whether it works, and keeps its tracking issue. Remembers nothing: the same state
 * of the world leads to the same outcome, however many runs came before.
 */
export async function remind(request: ReminderRequest, effects: ReminderEffects): Promise<ReminderReport> {
  const examined = await mapSome(request.keys, KEYS_AT_ONCE, (key) => examine(key, request, effects));
  const findings: Finding[] = [];
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

async function examine(watched: WatchedKey, request: ReminderRequest, effects: ReminderEffects): Promise<Examined> {
  const findings: Finding[] = [];
  const trial = watched.credentials && (await effects.trial?.(watched));
  const key = knownKey(watched, trial);
  const sources = await ageSources(key, request.now, effects, findings);
  const known = { key, findings };
  const verdict = judgeTrial(key, trial, findings);
  const { life, findings: remarks } = lifeOf(sources, key.maxAgeDays);
  findings.push(...remarks);
  if (life === undefined) {
    if (!findings.some(isError)) {
      findings.push(rotationFinding('rotation/age-unknown', `There is no source for the age of ${key.name}.`));
    }
    return { ...known, ...verdict };
  }
  const stage = stageOf(life, request.thresholds, request.now);
  // Where it has expired, that it does not work is a consequence.
  const isExplained = stage === 'expired' && verdict.broken !== undefined;
  if (verdict.broken !== undefined && !isExplained) {
    findings.unshift(verdict.broken);
  }
  findings.unshift(rotationFinding(`rotation/${stage}`, describeLife(key, life, request.now)));
  return { ...known, ...verdict, life, stage };
}

function knownKey(key: WatchedKey, trial: Report | undefined): KnownKey {
  const { domain, clientId, org } = trial?.key ?? key;
  const issuer = trial?.provider?.issuer ?? key.issuer;
  const name = trial?.provider?.name ?? key.provider;
  return { ...key, domain, clientId, org, issuer, identityProvider: providerOf(name, issuer, domain) };
}

function providerOf(name: string, issuer: string, domain: string): KnownProvider {
  const url = readHttpsUrl(issuer);
  const addresses = { issuer: url instanceof URL ? url : undefined, tokenEndpoint: undefined, jwksUri: undefined };
  return PROVIDERS.find((provider) => provider.name === name) ?? recogniseProvider({ ...addresses, domain });
}

/** Every source that can be read. What goes wrong with one is a finding, and the others still count. */
async function ageSources(
  key: KnownKey,
  now: number,
  effects: ReminderEffects,
  findings: Finding[],
): Promise<AgeSource[]> {
  const { stamp, findings: remarks } = readOwnStamp(
    key.stamp,
    key.credentials,
    `The variable ${key.variable} of ${key.name}`,
  );
  findings.push(...remarks);
  const [provider, written] = await Promise.all([
    orFinding(async () => providerSource(await effects.records?.(key), stamp?.keyId, now, findings), findings),
    orFinding(async () => await effects.secretWritten?.(key.place), findings),
  ]);
  const sources: AgeSource[] = [
    ...(provider ? [provider] : []),
    ...(stamp ? [variableSource(stamp)] : []),
    ...(written === undefined ? [] : [{ name: 'secret', rotatedAt: written } as const]),
    ...(key.rotatedAt === undefined ? [] : [{ name: 'input', rotatedAt: key.rotatedAt } as const]),
  ];
  // A clock may be wrong by minutes, never by a day.
  const future = sources.filter(({ rotatedAt }) => rotatedAt > now + DAY);
  for (const { name, rotatedAt } of future) {
    const detail = `The ${name === 'input' ? 'input rotated-at' : name} of ${key.name} says ${dateOf(rotatedAt)}.`;
    findings.push(rotationFinding('rotation/date-in-the-future', detail));
  }
  return sources.filter((source) => !future.includes(source));
}

function variableSource({ created, expires }: Stamp): AgeSource {
  return { name: 'variable', rotatedAt: created, ...(expires !== undefined && { expiresAt: expires }) };
}

function providerSource(
  records: readonly SecretRecord[] | undefined,
  keyId: string | undefined,
  now: number,
  findings: Finding[],
): AgeSource | undefined {
  if (records === undefined) {
    return undefined;
  }
  const chosen = chooseRecord(records, keyId, now);
  if (chosen === undefined) {
    findings.push(
      recordFinding(
        'record/no-secret',
        `It has ${records.length} secrets, and none that is active is that of the key.`,
      ),
    );
    return undefined;
  }
  const { record, isCertain } = chosen;
  if (!isCertain) {
    const count = records.filter(({ isActive }) => isActive).length;
    findings.push(recordFinding('record/not-certain', `The app has ${count} secrets that are valid.`));
  }
  const { created, expires } = record;
  return created === undefined
    ? undefined
    : { name: 'provider', rotatedAt: created, ...(expires !== undefined && { expiresAt: expires }) };
}

/** A trial that failed for what waiting cures, or before the key was looked at, says nothing of the key. */
function judgeTrial(
  { name, domain }: KnownKey,
  trial: Report | undefined,
  findings: Finding[],
): { works?: boolean; broken?: Finding } {
  if (trial === undefined) {
    return {};
  }
  const { cause, verdict } = trial;
  if (cause === undefined) {
    if (verdict === 'skipped') {
      return {};
    }
    findings.push(rotationFinding('rotation/key-works', `${name} can sign in to ${domain}.`));
    return { works: true };
  }
  if (/^(?:key|idp|token|plane)\//.test(cause.code) && definitionOf(cause).waitingHelps !== true) {
    return { works: false, broken: cause };
  }
  findings.push(
    rotationFinding('rotation/key-not-tested', `${definitionOf(cause).title} (${cause.code}). ${cause.detail}`),
  );
  return {};
}

function describeLife({ name, maxAgeDays }: WatchedKey, { rotatedAt, dueAt, expiresAt }: KeyLife, now: number): string {
  const age = `${name} is ${daysBetween(rotatedAt, now)} days old`;
  const end =
    expiresAt !== undefined && (expiresAt <= dueAt || expiresAt <= now)
      ? `its secret ${expiresAt <= now ? 'expired' : 'expires'} on ${dateOf(expiresAt)}`
      : `it may be ${maxAgeDays}, which it ${dueAt <= now ? 'was' : 'is'} on ${dateOf(dueAt)}`;
  return `${age}; ${end}.`;
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
      outcomes.set(one.key.name, await trackKey(facts, issues, tracker, request.issues, request.now));
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

/** What the next run may find cured is no reason to fail: it looks again anyway. */
function softened(finding: Finding): Finding {
  return isError(finding) && definitionOf(finding).waitingHelps === true
    ? { ...finding, severity: 'warning' }
    : finding;
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
      .filter(({ severity, code }) => severity === 'warning' && !code.startsWith(`rotation/${stage}`))
      .map(textOf),
    run: request.run,
  };
}

/** A fault of one source is a finding; what nobody foresaw is thrown on. */
async function orFinding<Value>(read: () => Promise<Value>, findings: Finding[]): Promise<Value | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof FindingError) {
      findings.push(softened(error.finding));
      return undefined;
    }
    throw error;
  }
}

async function mapSome<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  map: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      results[index] = await map(items[index] as Item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
  return results;
}
