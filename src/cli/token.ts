import { inspectApiKey } from '../api-key/inspect.ts';
import type { ControlPlaneKind } from '../control-plane/verdict/profiles.ts';
import { definitionOf } from '../findings/finding.ts';
import { type JudgedToken, judgeAccessToken } from '../judge-access-token.ts';
import { jsonObject } from '../transport/json.ts';
import { command } from './command.ts';
import { JSON_OPTION, providerNamed } from './options.ts';
import { type Terminal, UsageError } from './terminal.ts';

const CONTROL_PLANES = ['auto', 'union', 'flyte1', 'flyte1-own', 'flyte2'] as const;

/** A token and a key set from files, judged by the rules of the control plane, offline. */
export const tokenJudge = command({
  name: 'token judge',
  summary: 'Judges an access token as the control plane would.',
  description:
    'The token is read from its FILE or from standard input; without a key set its signature is not checked. Nothing is sent.',
  options: {
    'allowed-audience': { value: 'AUDIENCE', repeats: true, description: 'what the control plane accepts (repeats)' },
    'token-file': { value: 'FILE', description: 'read the token from here' },
    'key-set-file': { value: 'FILE', description: 'what the jwks_uri of the provider serves' },
    'subject-claims': { value: 'CLAIM', repeats: true, description: 'its subjectClaimNames (repeats)' },
    'app-claims': { value: 'CLAIM=VALUE', repeats: true, description: 'its identityTypeClaimsForApps (repeats)' },
    'control-plane': { value: 'KIND', description: CONTROL_PLANES.join(', ') },
    issuer: { value: 'ADDRESS', description: 'what the deployment advertises' },
    provider: { value: 'NAME', description: 'whose token it is, for the fix in its console' },
    at: { value: 'TIME', isRare: true, description: 'judge as at this time' },
    json: JSON_OPTION,
  },
  exits: ['the control plane would accept it', 'it would refuse it'],
  examples: [
    {
      call: 'union-auth token judge --allowed-audience api://union --key-set-file keys.json < token.txt',
      says: 'a token from standard input, with its signature',
    },
  ],
  async run(given, terminal) {
    const provider = providerNamed(given.text('provider'));
    const controlPlane = readControlPlane(given.text('control-plane'), provider?.name === 'flyte');
    const audience = linesOf(given.texts('allowed-audience'));
    if (audience === undefined || audience.length === 0) {
      throw new UsageError(
        'token judge needs --allowed-audience, as the setting allowedAudience of the control plane has it.',
      );
    }
    const nowSeconds = readTime(given.text('at'));
    const subjectClaims = listOf(given.texts('subject-claims'));
    const appClaims = listOf(given.texts('app-claims'))?.map(readPair);
    const keySetFile = given.text('key-set-file');
    const token = tokenIn(await terminal.readInput(given.text('token-file'), 'Token'));
    const judged = await judgeAccessToken({
      token,
      keySet: keySetFile === undefined ? undefined : terminal.readFile(keySetFile),
      allowedAudience: audience,
      subjectClaims,
      appClaims,
      controlPlane,
      provider,
      advertisedIssuer: given.text('issuer') ?? '',
      nowSeconds,
    });
    if (given.flag('json')) {
      terminal.print(`${JSON.stringify(judged, undefined, 2)}\n`);
    } else {
      printJudgement(judged, keySetFile !== undefined, terminal);
    }
    return judged.decision === 'accept' ? 0 : 1;
  },
});

function printJudgement(
  { decision, controlPlane, decidedBy, serverError, findings }: JudgedToken,
  hasKeySet: boolean,
  { print }: Terminal,
): void {
  const words = decision === 'accept' ? 'would accept' : 'would refuse';
  const isUnchecked = decision === 'accept' && !hasKeySet && controlPlane !== 'flyte2';
  const condition = isUnchecked ? ', if its signature is valid: that was not checked' : '';
  print(`The control plane (${controlPlane}) ${words} this token${condition}. Decided by: ${decidedBy}.\n`);
  if (serverError !== '') {
    print(`  A client reads: ${serverError}\n`);
  }
  for (const finding of findings) {
    const { title, fix } = definitionOf(finding);
    const remedy = finding.severity === 'pass' ? '' : `  Fix: ${fix}\n`;
    print(`${finding.severity}: ${title}. ${finding.detail} (${finding.code})\n${remedy}`);
  }
}

/** As the action chooses, where no deployment can be asked. */
function readControlPlane(name: string | undefined, issuesTokens: boolean): ControlPlaneKind {
  const kind = CONTROL_PLANES.find((candidate) => candidate === (name ?? 'auto'));
  if (kind === undefined) {
    throw new UsageError(`--control-plane must be one of ${CONTROL_PLANES.join(', ')}.`);
  }
  if (kind === 'auto') {
    return 'union';
  }
  return kind === 'flyte1' && issuesTokens ? 'flyte1-own' : kind;
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
    throw new UsageError('--app-claims must be claim=value.');
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
    throw new UsageError('--at must be a time with its zone, as 2026-11-25T12:00:00Z.');
  }
  return time / 1000;
}

/** The token in what somebody copied: behind Bearer, in quotes, or in the answer of the token endpoint. */
function tokenIn(text: string): string {
  const bare = text.trim();
  if (bare === '') {
    throw new UsageError('There is no token.');
  }
  if (/^\*+$/.test(bare)) {
    throw new UsageError('This is the mask that a log shows in place of a token.');
  }
  if (inspectApiKey(bare).fields !== undefined) {
    throw new UsageError('This is an API key, not a token. key inspect takes it apart.');
  }
  const member = jsonObject(Buffer.from(bare))?.['access_token'];
  return typeof member === 'string'
    ? member
    : bare.replace(/^(?:authorization:\s*)?bearer\s+/i, '').replace(/^(["'])(.*)\1$/s, '$2');
}
