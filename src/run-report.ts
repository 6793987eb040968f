import type { DiscoveryRoute } from './control-plane/discovery.ts';
import type { TokenFacts } from './control-plane/verdict/judge-token.ts';
import { type Finding, isError } from './findings/finding.ts';
import type { ProviderName } from './identity-provider/providers.ts';
import { remoteText } from './secrecy/remote-text.ts';
import type { SecretStore } from './secrecy/secret-store.ts';
import type { Attempt, Transport } from './transport/http-client.ts';

export type Verdict = 'ready' | 'ready-with-warnings' | 'not-ready' | 'skipped';

/** Everything a run found out. Holds no secret, and every text in it has passed the sanitiser. */
export interface Report {
  readonly verdict: Verdict;
  /** The first deciding error of a run that is not ready: the only one that is annotated. */
  readonly cause?: Finding;
  readonly findings: readonly Finding[];
  readonly key?: KeyFacts;
  readonly deployment?: DeploymentFacts;
  readonly provider?: ProviderFacts;
  readonly token?: TokenFacts;
  readonly attempts: readonly Attempt[];
}

interface KeyFacts {
  readonly domain: string;
  readonly clientId: string;
  readonly org: string;
}

interface DeploymentFacts {
  readonly route: DiscoveryRoute | 'none';
}

interface ProviderFacts {
  readonly name: ProviderName;
  readonly issuer: string;
  readonly tokenEndpoint: string;
  readonly scopes: readonly string[];
  readonly audience: string;
}

/** What a run has found out so far. */
export interface Progress {
  readonly findings: Finding[];
  readonly facts: { key?: KeyFacts; deployment?: DeploymentFacts; provider?: ProviderFacts; token?: TokenFacts };
  apiKey?: string;
  transport?: Transport;
}

/**
 * Closes a run. Every text passes the sanitiser here, once, whoever printed, named or answered it.
 * @param verdict where the findings alone do not tell it.
 */
export function reportOf(
  { findings, facts, transport }: Progress,
  secrets: SecretStore,
  verdict: Verdict | undefined,
): Report {
  const clean = cleaner(secrets);
  const cleaned = cleanFindings(findings, secrets);
  const cause = cleaned.find(isError);
  return {
    verdict: verdict ?? verdictOf(cleaned),
    ...(cause !== undefined && { cause }),
    findings: cleaned,
    ...cleanFacts(facts, secrets, clean),
    attempts: (transport?.attempts ?? []).map((attempt) => ({ ...attempt, place: clean(attempt.place) })),
  };
}

/** What findings amount to. */
export function verdictOf(findings: readonly Finding[]): Exclude<Verdict, 'skipped'> {
  const isWarned = findings.some(({ severity }) => severity === 'warning');
  return findings.some(isError) ? 'not-ready' : isWarned ? 'ready-with-warnings' : 'ready';
}

/** The findings with every text of others passed through the sanitiser. Advice is our own text, as a definition is. */
export function cleanFindings(findings: readonly Finding[], secrets: SecretStore): Finding[] {
  const clean = cleaner(secrets);
  return findings.map(({ detail, evidence, ...constant }) => ({
    ...constant,
    detail: clean(detail),
    ...(evidence && { evidence: cleanTexts(evidence, clean) }),
  }));
}

function cleaner(secrets: SecretStore): (text: string) => string {
  return (text) => remoteText(text, (raw) => secrets.redactRemote(raw));
}

function cleanFacts(
  facts: Progress['facts'],
  secrets: SecretStore,
  clean: (text: string) => string,
): Progress['facts'] {
  const { key, deployment, provider, token } = facts;
  return {
    // The user's own words, checked by the rules of shape: they may share a few letters with the secret.
    ...(key && { key: cleanTexts(key, (text) => remoteText(text, (raw) => secrets.redact(raw))) }),
    ...(deployment && { deployment }),
    ...(provider && { provider: { ...cleanTexts(provider, clean), name: provider.name } }),
    ...(token && { token: { ...cleanTexts(token, clean), format: token.format } }),
  };
}

/** Every text inside a value of our own making, passed through the sanitiser. */
function cleanTexts<Value>(value: Value, clean: (text: string) => string): Value {
  if (typeof value === 'string') {
    return clean(value) as Value;
  }
  if (Array.isArray(value)) {
    return value.map((item) => cleanTexts<unknown>(item, clean)) as Value;
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, cleanTexts<unknown>(inner, clean)]),
    ) as Value;
  }
  return value;
}

/** With `fail-on: warning` a warning is the cause of a failure, and the report says so throughout. */
export function failingOnWarning(report: Report): Report {
  if (report.verdict !== 'ready-with-warnings') {
    return report;
  }
  const warnings = report.findings.filter(({ severity }) => severity === 'warning');
  // What the step itself was told is rarely what somebody needs to mend.
  const cause = warnings.find(({ code }) => !code.startsWith('input/')) ?? warnings[0];
  return { ...report, verdict: 'not-ready', ...(cause && { cause }) };
}
