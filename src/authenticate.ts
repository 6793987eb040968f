import { KEY_DECODERS } from './api-key/decoders.ts';
import { encodeApiKey, encodeUnchecked } from './api-key/encode.ts';
import type { KeyFields } from './api-key/fields.ts';
import { keyFinding } from './api-key/findings.ts';
import { inspectApiKey } from './api-key/inspect.ts';
import { checkWorkspace, type FlyteWorkspace } from './clients/flyte.ts';
import { type Finding, FindingError } from './findings/finding.ts';
import {
  canHaveNoSecrets,
  explainMissingSecret,
  refuseUntrustedEvent,
  skipped,
  type WorkflowEvent,
} from './github/event.ts';
import { type Progress, type Report, reportOf, type Verdict } from './run-report.ts';
import { whyUnmaskable } from './secrecy/maskability.ts';
import type { SecretStore } from './secrecy/secret-store.ts';
import type { DeploymentEffects } from './trial/try-deployment.ts';
import type { TrialRequest } from './trial/try-token.ts';

/** What to test. Texts are taken as they are: faces trim what their users gave them. */
export interface AuthenticateRequest extends TrialRequest {
  readonly credentials: { readonly apiKey: string } | KeyFields;
  /** Absent outside GitHub Actions. */
  readonly event?: WorkflowEvent;
  readonly allowUntrustedEvents: boolean;
  readonly onMissingSecret: 'fail' | 'skip';
  /** Empty where the flyte client is not used. */
  readonly workspace: FlyteWorkspace;
  /** What the face itself has to say about how it was called. */
  readonly remarks?: readonly Finding[];
}

export type AuthenticateEffects = DeploymentEffects;

export interface Authentication {
  readonly report: Report;
  /** The key to export: only where the verdict is ready or ready-with-warnings. */
  readonly apiKey?: string;
}

/** Ends a run early: what ended it stands among the findings already. */
class EndOfRun extends Error {
  readonly verdict: Verdict;

  constructor(verdict: 'not-ready' | 'skipped') {
    super(verdict);
    this.verdict = verdict;
  }
}

/**
 * Builds or takes a key, checks its shape, finds the identity provider as the real client does, makes a trial token
 * exchange as the real client would, and judges the token by the rules of the control plane.
 */
export async function authenticate(
  request: AuthenticateRequest,
  effects: AuthenticateEffects,
): Promise<Authentication> {
  const progress: Progress = { findings: [...(request.remarks ?? [])], facts: {} };
  let verdict: Verdict | undefined;
  try {
    checkEvent(request, progress);
    protectCredentials(request.credentials, effects.secrets);
    const fields = checkShape(request, progress);
    if (request.verify !== 'offline') {
      // Most of the program is about the network, and costs more to load than all that was done so far.
      const { tryDeployment } = await import('./trial/try-deployment.ts');
      await tryDeployment(request, fields, effects, progress);
    }
  } catch (error) {
    if (error instanceof FindingError) {
      progress.findings.push(error.finding);
    } else if (error instanceof EndOfRun) {
      verdict = error.verdict;
    } else {
      throw error;
    }
  } finally {
    progress.transport?.close();
  }
  const report = reportOf(progress, effects.secrets, verdict);
  const isPassing = report.verdict === 'ready' || report.verdict === 'ready-with-warnings';
  return isPassing && progress.apiKey !== undefined ? { report, apiKey: progress.apiKey } : { report };
}

/** Step 1: whether this event may have a secret, and why it has none. */
function checkEvent(
  { event, credentials, allowUntrustedEvents, onMissingSecret }: AuthenticateRequest,
  { findings }: Progress,
): void {
  if (event === undefined) {
    return;
  }
  const untrusted = refuseUntrustedEvent(event, allowUntrustedEvents);
  if (untrusted !== undefined) {
    throw new FindingError(untrusted);
  }
  const secret = 'apiKey' in credentials ? credentials.apiKey : credentials.clientSecret;
  if (secret.trim() !== '') {
    return;
  }
  const finding = explainMissingSecret(event);
  if (canHaveNoSecrets(finding) && onMissingSecret === 'skip') {
    findings.push(skipped());
    throw new EndOfRun('skipped');
  }
  throw new FindingError(finding);
}

/**
 * Step 2: masks before anything else. What can't be masked is refused in the next step and masks nothing. Faces that
 * print before they call `authenticate` call this first; doing it twice changes nothing.
 */
export function protectCredentials(credentials: AuthenticateRequest['credentials'], secrets: SecretStore): void {
  if (!('apiKey' in credentials)) {
    protectFields(credentials, secrets);
    return;
  }
  if (whyUnmaskable(credentials.apiKey, []) !== undefined && credentials.apiKey.length < 16) {
    return;
  }
  secrets.protect(credentials.apiKey);
  for (const decode of Object.values(KEY_DECODERS)) {
    const decoded = decode(credentials.apiKey);
    if (decoded.accepts) {
      protectFields(decoded, secrets);
    }
  }
}

function protectFields(fields: KeyFields, secrets: SecretStore): void {
  const { domain, clientId, clientSecret, org } = fields;
  if (whyUnmaskable(clientSecret, [domain, clientId, org]) === undefined) {
    secrets.protectClientSecret(clientSecret, { key: encodeUnchecked(fields), clientId });
  }
}

/** Step 3: the shape of the key, and what in the workspace would undo it. */
function checkShape({ credentials, workspace }: AuthenticateRequest, progress: Progress): KeyFields {
  const inspected = 'apiKey' in credentials ? inspectApiKey(credentials.apiKey) : undefined;
  const fields = 'apiKey' in credentials ? inspected?.fields : credentials;
  const encoded = fields && encodeApiKey(fields);
  const findings = inspected?.findings ?? encoded?.findings ?? [];
  progress.findings.push(...findings, ...checkWorkspace(workspace));
  if (fields === undefined || encoded?.key === undefined) {
    throw new EndOfRun('not-ready');
  }
  progress.findings.push(keyFinding('key/portable', 'All clients read its four fields alike.'));
  progress.apiKey = encoded.key;
  progress.facts.key = { domain: fields.domain, clientId: fields.clientId, org: fields.org };
  return fields;
}
