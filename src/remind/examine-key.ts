import { definitionOf, type Finding, FindingError, isError } from '../findings/finding.ts';
import type { SecretRecord } from '../identity-provider/identity-provider.ts';
import { type KnownProvider, PROVIDERS, recogniseProvider } from '../identity-provider/providers.ts';
import { chooseRecord, recordFinding } from '../identity-provider/secret-records.ts';
import { rotationFinding } from '../rotation/findings.ts';
import { dateOf, daysBetween, isInTheFuture } from '../rotation/instants.ts';
import { type AgeSource, type KeyLife, lifeOf, SOURCE_TITLES } from '../rotation/key-life.ts';
import { readOwnStamp } from '../rotation/own-stamp.ts';
import { type Stage, stageOf, type Thresholds } from '../rotation/stage.ts';
import type { Stamp } from '../rotation/stamp.ts';
import type { SecretPlace, WatchedKey } from '../rotation/watched-key.ts';
import type { Report } from '../run-report.ts';
import { readHttpsUrl } from '../transport/urls.ts';

/** What can't be had is absent: then the next best source tells the age, and nothing is tried. */
export interface ExamineEffects {
  /** When a secret was last written, in milliseconds since 1970. @throws FindingError */
  readonly secretWritten?: (place: SecretPlace) => Promise<number>;
  /** What the provider knows of the secrets of the key's app. @throws FindingError */
  readonly records?: (key: KnownKey) => Promise<readonly SecretRecord[]>;
  /** The trial exchange and its verdict. */
  readonly trial?: (key: WatchedKey) => Promise<Report>;
}

/** A key with what the trial told of it. */
interface KnownKey extends WatchedKey {
  readonly identityProvider: KnownProvider;
}

/** What one key is before its issue is looked at. */
export interface Examined {
  readonly key: KnownKey;
  readonly findings: Finding[];
  readonly life?: KeyLife;
  readonly stage?: Stage;
  /** Whether the trial passed; absent where there was none, or where it says nothing of the key. */
  readonly works?: boolean;
  /** Why it does not work, where its expiry does not say that already. */
  readonly broken?: Finding;
}

/** Tries a key, and finds out how old it is. @param now milliseconds since 1970. */
export async function examineKey(
  watched: WatchedKey,
  thresholds: Thresholds,
  now: number,
  effects: ExamineEffects,
): Promise<Examined> {
  const findings: Finding[] = [];
  const trial = watched.credentials && (await effects.trial?.(watched));
  const key = knownKey(watched, trial);
  const sources = await ageSources(key, now, effects, findings);
  const { works, broken } = judgeTrial(key, trial, findings);
  const tried = { key, findings, ...(works !== undefined && { works }) };
  const { life, findings: remarks } = lifeOf(sources, key.maxAgeDays);
  findings.push(...remarks);
  if (life === undefined) {
    const unknown = rotationFinding('rotation/age-unknown', `There is no source for the age of ${key.name}.`);
    findings.push(...(findings.some(isError) ? [] : [unknown]));
    findings.unshift(...(broken ? [broken] : []));
    return { ...tried, ...(broken && { broken }) };
  }
  const stage = stageWhereTried(life, thresholds, now, works);
  const state = rotationFinding(`rotation/${stage}`, describeLife(key, life, now));
  if (stage === 'expired') {
    // That it does not work is a consequence.
    findings.unshift(state, ...(broken ? [{ ...broken, severity: 'note' } as const] : []));
    return { ...tried, life, stage };
  }
  findings.unshift(state, ...(broken ? [broken] : []));
  return { ...tried, ...(broken && { broken }), life, stage };
}

/** What signs in has not expired, whatever was written down of its end: it is overdue. */
function stageWhereTried(life: KeyLife, thresholds: Thresholds, now: number, works: boolean | undefined): Stage {
  const stage = stageOf(life, thresholds, now);
  return stage === 'expired' && works === true ? 'overdue' : stage;
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
  effects: ExamineEffects,
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
  const future = sources.filter(({ rotatedAt }) => isInTheFuture(rotatedAt, now));
  for (const { name, rotatedAt } of future) {
    const detail = `For ${key.name}, ${SOURCE_TITLES[name]} says ${dateOf(rotatedAt)}.`;
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

/** What the next run may find cured is no reason to fail: it looks again anyway. */
export function softened(finding: Finding): Finding {
  return isError(finding) && definitionOf(finding).waitingHelps === true
    ? { ...finding, severity: 'warning' }
    : finding;
}

/** A fault of one source is a finding; what nobody foresaw is thrown on. */
export async function orFinding<Value>(read: () => Promise<Value>, findings: Finding[]): Promise<Value | undefined> {
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
