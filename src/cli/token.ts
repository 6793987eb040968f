import { definitionOf } from '../catalogue.ts';
import { ASSUMED_APP_CLAIMS, type FetchedKeySet, judgeToken } from '../control-plane/verdict/judge-token.ts';
import type { ControlPlaneKind } from '../control-plane/verdict/profiles.ts';
import type { ControlPlaneSettings } from '../control-plane/verdict/rule.ts';
import { tokenFinding } from '../control-plane/verdict/token-findings.ts';
import type { Finding } from '../findings/finding.ts';
import { withAdvice } from '../identity-provider/advise.ts';
import { PROVIDERS, recogniseProvider } from '../identity-provider/providers.ts';
import { remoteText } from '../secrecy/remote-text.ts';
import { readHttpsUrl } from '../transport/urls.ts';
import { readOptions } from './options.ts';
import { type Terminal, UsageError } from './terminal.ts';

const CONTROL_PLANES = ['auto', 'union', 'flyte1', 'flyte1-own', 'flyte2'] as const;

/**
 * `union-auth token judge`: a token and a key set from files, judged by the rules of the control plane, offline.
 * @returns 0 where the control plane would accept the token, 1 where it would refuse it.
 */
export async function tokenJudge(args: string[], terminal: Terminal): Promise<0 | 1> {
  const { values } = readOptions(args, {
    'token-file': { type: 'string' },
    'key-set-file': { type: 'string' },
    'allowed-audience': { type: 'string', multiple: true },
    'subject-claims': { type: 'string', multiple: true },
    'app-claims': { type: 'string', multiple: true },
    'control-plane': { type: 'string' },
    provider: { type: 'string' },
    issuer: { type: 'string' },
    at: { type: 'string' },
    json: { type: 'boolean' },
  });
  const controlPlane = readControlPlane(values['control-plane'], values.provider);
  const audience = linesOf(values['allowed-audience']);
  if (audience === undefined || audience.length === 0) {
    throw new UsageError(
      'token judge needs --allowed-audience, as the setting allowedAudience of the control plane has it.',
    );
  }
  const appClaims = listOf(values['app-claims'])?.map(readPair);
  const settings: ControlPlaneSettings = {
    allowedAudience: { value: audience, stated: true },
    subjectClaims: { value: listOf(values['subject-claims']) ?? [], stated: values['subject-claims'] !== undefined },
    appClaims: { value: appClaims ?? ASSUMED_APP_CLAIMS, stated: appClaims !== undefined },
  };
  const nowSeconds = readTime(values.at);
  const token = await terminal.readInput(values['token-file'], 'Token');
  if (token.trim() === '') {
    throw new UsageError('There is no token.');
  }
  const judgement = await judgeToken({
    token,
    keySet: readKeySetFile(values['key-set-file'], terminal),
    settings,
    clock: { nowSeconds, isSure: true, grainSeconds: 0 },
    controlPlane,
    advertisedIssuer: values.issuer ?? '',
  });
  const provider = readProvider(values.provider, judgement.facts.issuer);
  const findings = judgement.findings
    .map((finding) => withAdvice(finding, provider, judgement.readable))
    .map((finding): Finding => ({ ...finding, detail: remoteText(finding.detail) }));
  const { decision, decidedBy, serverError, facts } = judgement;
  if (values.json === true) {
    const shown = {
      decision,
      controlPlane,
      decidedBy,
      serverError: remoteText(serverError ?? ''),
      subject: remoteText(facts.subject ?? ''),
      identityType: remoteText(facts.identityType ?? ''),
      findings,
    };
    terminal.print(`${JSON.stringify(shown, undefined, 2)}\n`);
  } else {
    const words = decision === 'accept' ? 'would accept' : 'would refuse';
    terminal.print(`The control plane (${controlPlane}) ${words} this token. Decided by: ${decidedBy}.\n`);
    if (serverError !== undefined) {
      terminal.print(`  A client reads: ${remoteText(serverError)}\n`);
    }
    for (const finding of findings) {
      const { title, fix } = definitionOf(finding);
      const remedy = finding.severity === 'pass' ? '' : `  Fix: ${fix}\n`;
      terminal.print(`${finding.severity}: ${title}. ${finding.detail} (${finding.code})\n${remedy}`);
    }
  }
  return decision === 'accept' ? 0 : 1;
}

/** As the action chooses, where no deployment can be asked. */
function readControlPlane(name: string | undefined, provider: string | undefined): ControlPlaneKind {
  const kind = CONTROL_PLANES.find((candidate) => candidate === (name ?? 'auto'));
  if (kind === undefined) {
    throw new UsageError(`--control-plane is none of ${CONTROL_PLANES.join(', ')}.`);
  }
  if (kind === 'auto') {
    return 'union';
  }
  return kind === 'flyte1' && provider === 'flyte' ? 'flyte1-own' : kind;
}

/** Given several times, or one a line. An audience can hold a comma. */
function linesOf(values: readonly string[] | undefined): string[] | undefined {
  const lines = values?.flatMap((value) => value.split('\n')).map((value) => value.trim());
  return lines?.filter((value) => value !== '');
}

/** As above, or with commas between them: no claim has one in its name. */
function listOf(values: readonly string[] | undefined): string[] | undefined {
  return linesOf(values?.flatMap((value) => value.split(',')));
}

function readPair(text: string): readonly [string, string] {
  const [, claim, value] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (claim === undefined || value === undefined) {
    throw new UsageError('--app-claims is not claim=value.');
  }
  return [claim.trim(), value.trim()];
}

/** A time with its zone, as 2026-11-25T12:00:00Z; now where it is not given. */
function readTime(text: string | undefined): number {
  if (text === undefined) {
    return Date.now() / 1000;
  }
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  if (Number.isNaN(time)) {
    throw new UsageError('--at is not a time as 2026-11-25T12:00:00Z.');
  }
  return time / 1000;
}

function readKeySetFile(path: string | undefined, { readFile }: Terminal): FetchedKeySet {
  return path === undefined
    ? { missing: tokenFinding('key-set/not-advertised', 'No --key-set-file is given: the signature is not checked.') }
    : { body: readFile(path) };
}

/** The named one, else the one whose issuer stands in the token. */
function readProvider(name: string | undefined, issuer: string | undefined) {
  const named = PROVIDERS.find((provider) => provider.name === name);
  if (name !== undefined && named === undefined) {
    throw new UsageError(`--provider is none of ${PROVIDERS.map((provider) => provider.name).join(', ')}.`);
  }
  const url = issuer === undefined ? undefined : readHttpsUrl(issuer);
  const addresses = { tokenEndpoint: undefined, jwksUri: undefined, domain: '' };
  return named ?? recogniseProvider({ ...addresses, issuer: url instanceof URL ? url : undefined });
}
