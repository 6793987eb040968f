import type { RecordedRequest } from '../lab/https-server.ts';
import type { Run } from './scenario.ts';

/** One run as a page to read: what varies is replaced, and so is the secret where it belongs. */
export function describeRun({ result, requests, secrets }: Run): string {
  const { exportedEnvironment, outputs, state } = result;
  const isGranted = (outputs['findings'] ?? '').includes('"idp/token-granted"');
  const normalise = (text: string): string => hideVariables(text, result.folders.root);
  const pairs = (values: Readonly<Record<string, string>>): string[] =>
    Object.entries(values)
      .filter(([, value]) => value !== '')
      .map(([name, value]) => `${name}=${normalise(name === 'findings' ? findingsIn(value) : shown(value, secrets))}`);
  const log = normalise(result.log)
    .split('\n')
    .filter((line) => line !== '::add-mask::***');
  const sections: Record<string, readonly string[]> = {
    log: sortRequests(log, /^(\S+ {2}(?:GET|POST) )/, isGranted),
    annotations: result.annotations.map(
      ({ level, title, message }) => `${level} "${title}" ${message.split(': ', 1)[0]}`,
    ),
    exported: pairs(exportedEnvironment),
    outputs: pairs(outputs),
    state: pairs(state),
    summary: sortRequests(normalise(result.summary).split('\n'), /^(- `(?:GET|POST) )/, isGranted),
    requests: wire(requests, secrets, isGranted),
  };
  return [
    `exit ${result.exitCode}, ${result.conclusion}, ${result.stderr.length} characters on standard error`,
    ...Object.entries(sections).flatMap(([name, lines]) => {
      const text = lines.join('\n').trim();
      return text === '' ? [`--- ${name}: none`] : [`--- ${name}`, text];
    }),
  ].join('\n');
}

function hideVariables(text: string, jobFolder: string): string {
  return text
    .replaceAll(jobFolder, '<job>')
    .replace(/\b\d+ ms\b/g, '<n> ms')
    .replace(/is \d+ s (ahead|behind)/g, 'is <n> s $1')
    .replace(/\b\d+ s (ago|in the future)/g, '<n> s $1')
    .replace(/took \d+\.\d s/g, 'took <n> s')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, '<time>')
    .replace(/(not run by its schedule since|holds a stamp of) \d{4}-\d\d-\d\d/g, '$1 <date>')
    .replace(/(certificates|config)-[0-9a-f]{16}/g, '$1-<random>')
    .replace(/[^\s"=]*union-auth-e2e-\w{6}/g, '<folder>')
    .replace(/"sha256":"[0-9a-f]{64}"/g, '"sha256":"<digest>"')
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:<port>');
}

function findingsIn(json: string): string {
  const findings: { severity: string; code: string }[] = JSON.parse(json);
  return findings.map(({ severity, code }) => `\n  ${severity} ${code}`).join('');
}

/** A key is shown taken apart. Of what is no key only a whole secret is hidden: a part of one is a leak. */
function shown(value: string, secrets: readonly string[]): string {
  const decoded = Buffer.from(value, 'base64').toString('utf8');
  const isKey = /^[A-Za-z0-9+/]{20,}={0,2}$/.test(value) && decoded.split(':').length === 4;
  if (isKey) {
    return `base64 of ${hideSecrets(decoded, secrets)}`;
  }
  return secrets.includes(value) ? '<secret>' : value;
}

function hideSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret !== '')
    .flatMap((secret) => [quotePlus(secret), secret])
    .reduce((hidden, form) => hidden.replaceAll(form, '<secret>'), text);
}

function quotePlus(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1).replaceAll('*', '%2A').replaceAll('%7E', '~');
}

/**
 * Requests that run at the same time end in any order, so they are sorted. Those beside a token exchange that was
 * refused may not even have started by then, so they are left out.
 */
function sortRequests(lines: readonly string[], request: RegExp, isGranted: boolean): string[] {
  const isRequest = (line: string): boolean => request.test(line);
  const first = lines.findIndex(isRequest);
  const requests = lines.filter(isRequest).filter((line) => isGranted || !isBeside(line));
  const rest = lines.filter((line) => !isRequest(line));
  return first === -1 ? [...lines] : [...rest.slice(0, first), ...requests.sort(), ...rest.slice(first)];
}

function isBeside(line: string): boolean {
  return /GET (?!union\.example\.test\/)/.test(line);
}

const TOKEN_HEADERS = ['authorization', 'flyte-authorization'];
const INTERESTING_HEADERS = [...TOKEN_HEADERS, 'accept', 'cache-control', 'content-type', 'user-agent'];

function wire(requests: readonly RecordedRequest[], secrets: readonly string[], isGranted: boolean): string[] {
  return requests
    .filter(({ server, method }) => isGranted || server !== 'provider' || method !== 'GET')
    .map((request) => ({ line: `${request.server} ${request.method} ${request.path}`, request }))
    .sort((left, right) => rank(left.request) - rank(right.request) || (left.line < right.line ? -1 : 1))
    .map(({ line, request }) => (carriesSecret(request) ? [line, ...details(request, secrets)].join('\n') : line));
}

/** Discovery, then what runs beside the exchange, then the exchange and what follows it. */
function rank(request: RecordedRequest): number {
  const { server, method, path, headers } = request;
  if (server === 'proxy') {
    return 0;
  }
  if (bearerToken(request) !== undefined) {
    return 6;
  }
  if (server === 'control-plane') {
    return method === 'GET' ? 3 : headers['content-type'] === 'application/proto' ? 1 : 2;
  }
  return method === 'GET' ? 4 : path.endsWith('/revocation') ? 7 : 5;
}

function carriesSecret({ headers, body }: RecordedRequest): boolean {
  return TOKEN_HEADERS.some((name) => headers[name] !== undefined) || body.includes('client_secret');
}

/** The access token that a request to the deployment carries. */
export function bearerToken({ headers }: RecordedRequest): string | undefined {
  return TOKEN_HEADERS.map((name) => /^Bearer (.+)$/.exec(headers[name] ?? '')?.[1]).find(
    (token) => token !== undefined,
  );
}

function details({ headers, body }: RecordedRequest, secrets: readonly string[]): string[] {
  const basic = /^Basic (.+)$/.exec(headers['authorization'] ?? '')?.[1];
  const decoded = basic === undefined ? {} : { authorization: `Basic ${Buffer.from(basic, 'base64').toString()}` };
  const shownHeaders: Record<string, string> = { ...headers, ...decoded };
  const form = body.toString('utf8').replace(/(^|&)token=[^&]*/, '$1token=<token>');
  return [
    ...INTERESTING_HEADERS.flatMap((name) =>
      shownHeaders[name] === undefined
        ? []
        : [`${name}: ${shownHeaders[name].replace(/^Bearer .+/, 'Bearer <token>')}`],
    ),
    form,
  ].map((line) => `  ${hideSecrets(line, secrets)}`);
}
