import { existsSync, readFileSync } from 'node:fs';
import type { KeyFields } from '../api-key/fields.ts';
import type { AuthenticateRequest } from '../authenticate.ts';
import type { Pins } from '../control-plane/pins.ts';
import { type Finding, FindingError } from '../findings/finding.ts';
import { inputFinding, type StepInputs } from '../github/inputs.ts';
import { DEFAULT_MAX_AGE_DAYS } from '../rotation/stage.ts';
import { readCertificates as readPem } from '../transport/certificates.ts';
import { type ConnectTo, readConnectTo } from '../transport/connect-to.ts';
import { DEFAULT_DEADLINE_SECONDS, DEFAULT_RETRIES, DEFAULT_TIMEOUT_SECONDS } from '../transport/limits.ts';
import { readHttpsUrl } from '../transport/urls.ts';

/** The inputs of action.yml with their defaults; a test holds the two equal. */
export const AUTH_INPUTS = {
  domain: '',
  'client-id': '',
  'client-secret': '',
  org: '',
  'api-key': '',
  issuer: '',
  'token-url': '',
  scopes: '',
  audience: '',
  'allowed-audience': '',
  'subject-claims': '',
  'app-claims': '',
  'control-plane': 'auto',
  verify: 'token',
  project: '',
  'fail-on': 'error',
  'export-env': 'true',
  clients: 'flyte',
  'config-file': '',
  'config-project': '',
  'config-domain': '',
  'image-builder': '',
  'ca-certificates': '',
  'connect-to': '',
  'timeout-seconds': String(DEFAULT_TIMEOUT_SECONDS),
  'deadline-seconds': String(DEFAULT_DEADLINE_SECONDS),
  retries: String(DEFAULT_RETRIES),
  summary: 'true',
  cleanup: 'true',
  'on-missing-secret': 'fail',
  'allow-untrusted-events': 'false',
  'rotated-at': '',
  'max-age-days': String(DEFAULT_MAX_AGE_DAYS),
  'reminder-workflow': '',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the runner evaluates it.
  'github-token': '${{ github.token }}',
} as const;

/** The inputs that hold a secret: read once, then removed from the environment. */
export const SECRET_INPUTS = ['client-secret', 'api-key', 'github-token'] as const;

const TIMEOUT_RANGE_SECONDS = [1, 120] as const;
const DEADLINE_RANGE_SECONDS = [1, 600] as const;
const RETRIES_RANGE = [0, 10] as const;

export interface AuthOptions {
  readonly failOn: 'error' | 'warning' | 'never';
  readonly exportEnvironment: boolean;
  readonly summary: boolean;
  readonly cleanup: boolean;
  readonly certificateAuthorities: string;
  readonly connectTo: readonly ConnectTo[];
  readonly timeoutSeconds: number;
  readonly deadlineSeconds: number;
  readonly retries: number;
}

export type RequestOptions = Omit<AuthenticateRequest, 'credentials' | 'event' | 'workspace' | 'remarks'> & {
  readonly remarks: readonly Finding[];
};

type Credentials = AuthenticateRequest['credentials'];

/** Everything that a secret input could mean, to be masked before any input is judged. */
export function untestedCredentials(inputs: StepInputs): Credentials[] {
  return [{ apiKey: inputs.untested('api-key') }, fieldsFrom((name) => inputs.untested(name))];
}

/** The key, or its four fields. @throws FindingError where one is too long to be looked at, or both are given. */
export function readCredentials(inputs: StepInputs): Credentials {
  const fieldsGiven = (['domain', 'client-id', 'client-secret', 'org'] as const).filter(
    (name) => inputs.text(name) !== '',
  );
  if (inputs.text('api-key') !== '' && fieldsGiven.length > 0) {
    throw new FindingError(inputFinding('input/conflict', `api-key is given, and ${fieldsGiven.join(', ')} too.`));
  }
  const fields = fieldsFrom((name) => inputs.text(name));
  const apiKey = inputs.text('api-key');
  const isAnyGiven = Object.values(fields).some((value) => value !== '');
  return apiKey !== '' || !isAnyGiven ? { apiKey } : fields;
}

function fieldsFrom(text: (name: string) => string): KeyFields {
  return {
    domain: text('domain').toLowerCase(),
    clientId: text('client-id'),
    clientSecret: text('client-secret'),
    org: text('org'),
  };
}

/** @throws FindingError */
export function readFailOn(inputs: StepInputs): AuthOptions['failOn'] {
  return inputs.word('fail-on', ['error', 'warning', 'never']);
}

/** @throws FindingError for the first input that can't be used. */
export function readOptions(inputs: StepInputs): { options: AuthOptions; request: RequestOptions } {
  const connectTo = readConnections(inputs);
  const allowedAudience = inputs.lines('allowed-audience');
  const subjectClaims = inputs.lines('subject-claims');
  const appClaims = readAppClaims(inputs);
  return {
    options: {
      failOn: readFailOn(inputs),
      exportEnvironment: inputs.boolean('export-env', true),
      summary: inputs.boolean('summary', true),
      cleanup: inputs.boolean('cleanup', true),
      certificateAuthorities: readCertificates(inputs),
      connectTo,
      timeoutSeconds: inputs.wholeNumber('timeout-seconds', DEFAULT_TIMEOUT_SECONDS, TIMEOUT_RANGE_SECONDS),
      deadlineSeconds: inputs.wholeNumber('deadline-seconds', DEFAULT_DEADLINE_SECONDS, DEADLINE_RANGE_SECONDS),
      retries: inputs.wholeNumber('retries', DEFAULT_RETRIES, RETRIES_RANGE),
    },
    request: {
      pins: readPins(inputs),
      ...(allowedAudience && { allowedAudience }),
      ...(subjectClaims && { subjectClaims }),
      ...(appClaims && { appClaims }),
      controlPlane: inputs.word('control-plane', ['auto', 'union', 'flyte1', 'flyte2']),
      verify: inputs.word('verify', ['token', 'offline', 'deployment']),
      project: readProject(inputs),
      allowUntrustedEvents: inputs.boolean('allow-untrusted-events', false),
      onMissingSecret: inputs.word('on-missing-secret', ['fail', 'skip']),
      remarks: remarksOn(connectTo),
    },
  };
}

/** @throws FindingError where it would never be read. */
function readProject(inputs: StepInputs): string {
  const project = inputs.line('project') ?? '';
  if (project !== '' && inputs.word('verify', ['token', 'offline', 'deployment']) !== 'deployment') {
    throw new FindingError(inputFinding('input/conflict', 'project is given, and verify is not deployment.'));
  }
  if (!/^([A-Za-z0-9_-][A-Za-z0-9._-]*)?$/.test(project)) {
    throw new FindingError(inputFinding('input/not-usable', 'project is not the id of a project.'));
  }
  return project;
}

/** The workflow that is looked up, none where nothing may be sent. @throws FindingError where it can be no file name. */
export function readReminder(inputs: StepInputs, verify: RequestOptions['verify']): { file: string; token: string } {
  const file = (inputs.line('reminder-workflow') ?? '').replace(/^\.github\/workflows\//, '');
  if (!/^([\w.-]{1,100}\.ya?ml)?$/.test(file)) {
    throw new FindingError(inputFinding('input/not-usable', 'reminder-workflow is not the name of a workflow file.'));
  }
  return { file: verify === 'offline' ? '' : file, token: inputs.text('github-token') };
}

function remarksOn(connectTo: readonly ConnectTo[]): Finding[] {
  const places = connectTo.map(({ host, port }) => `${host}:${port}`);
  return places.length === 0
    ? []
    : [inputFinding('input/connect-to-in-use', `Connections to ${places.join(', ')} go elsewhere.`)];
}

function readPins(inputs: StepInputs): Pins {
  const issuer = inputs.line('issuer');
  const tokenUrl = inputs.line('token-url');
  const scopes = inputs.line('scopes');
  const audience = inputs.line('audience');
  const scopeList = scopes?.split(/[\s,]+/).filter((scope) => scope !== '');
  if (scopeList?.length === 0) {
    throw new FindingError(inputFinding('input/not-usable', 'scopes holds no scope.'));
  }
  for (const [name, value, allowQuery] of [
    ['issuer', issuer, false],
    ['token-url', tokenUrl, true],
  ] as const) {
    const url = value === undefined ? undefined : readHttpsUrl(value, { allowQuery });
    if (typeof url === 'string') {
      throw new FindingError(inputFinding('input/not-an-address', `${name} can not be used as an address (${url}).`));
    }
  }
  return {
    ...(issuer && { issuer }),
    ...(tokenUrl && { tokenUrl }),
    ...(scopeList && { scopes: scopeList }),
    ...(audience && { audience }),
  };
}

function readAppClaims(inputs: StepInputs): (readonly [string, string])[] | undefined {
  return inputs.lines('app-claims')?.map((line) => {
    const [, claim, value] = /^([^=]+)=(.+)$/.exec(line) ?? [];
    if (claim === undefined || value === undefined) {
      throw new FindingError(inputFinding('input/not-usable', 'app-claims holds a line that is not claim=value.'));
    }
    return [claim.trim(), value.trim()] as const;
  });
}

function readConnections(inputs: StepInputs): ConnectTo[] {
  const connections = readConnectTo(inputs.lines('connect-to') ?? []);
  if (connections === undefined) {
    throw new FindingError(
      inputFinding('input/not-usable', 'connect-to holds a line that is not host:port:address:port.'),
    );
  }
  return connections;
}

/** PEM text as it is, or that of the file which is named. */
function readCertificates(inputs: StepInputs): string {
  const given = inputs.longText('ca-certificates');
  const text = given === '' || given.includes('-----BEGIN') ? given : readText(given);
  if (given === '') {
    return '';
  }
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text ?? '')) {
    throw new FindingError(inputFinding('input/not-certificates', 'ca-certificates holds a private key.'));
  }
  const certificates = readPem(text ?? '');
  if (certificates === undefined) {
    const detail = 'No certificate was found, or one that can not be read.';
    throw new FindingError(inputFinding('input/not-certificates', detail));
  }
  return certificates;
}

function readText(path: string): string | undefined {
  try {
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
