import type { FindingCode } from '../../../src/catalogue.ts';
import { failingNames } from '../../e2e/preload.ts';
import type { Arranged, FaultCase } from '../fault-case.ts';
import type { FaultLab } from '../fault-lab.ts';
import { type ProxyFault, startFaultProxy } from '../fault-proxy.ts';
import { ALL_STEPS, endingOf, fails, PINNED_DISCOVERY, passes, STEPS, type Step } from '../steps.ts';

/** Everything goes through the proxy: nothing is led past it. */
const THROUGH = { 'connect-to': undefined };
const IMPATIENT = { ...THROUGH, 'timeout-seconds': '2', retries: '0' };

const answers =
  (status: string, headers = ''): ProxyFault =>
  (socket) =>
    void socket.end(`HTTP/1.1 ${status}\r\n${headers}content-length: 0\r\n\r\n`);

const FAULTS: readonly (readonly [title: string, code: FindingCode, fault: ProxyFault])[] = [
  ['400', 'network/proxy-refused', answers('400 Bad Request')],
  ['401', 'network/proxy-refused', answers('401 Unauthorized')],
  ['403', 'network/proxy-refused', answers('403 Forbidden')],
  ['404', 'network/proxy-refused', answers('404 Not Found')],
  [
    '407',
    'network/proxy-refused',
    answers('407 Proxy Authentication Required', 'proxy-authenticate: Basic realm="::error::foreign"\r\n'),
  ],
  ['429', 'network/proxy-refused', answers('429 Too Many Requests')],
  ['500', 'network/proxy-failed', answers('500 Internal Server Error')],
  ['502', 'network/proxy-failed', answers('502 Bad Gateway')],
  ['503', 'network/proxy-failed', answers('503 Service Unavailable')],
  ['504', 'network/proxy-failed', answers('504 Gateway Timeout')],
  ['a redirect', 'network/proxy-refused', answers('302 Found', 'location: https://login.example.test/\r\n')],
  ['it resets the connection', 'network/proxy-unreachable', (socket) => void socket.resetAndDestroy()],
  ['it closes the connection', 'network/proxy-unreachable', (socket) => void socket.end()],
  ['it answers with no HTTP', 'network/proxy-unreachable', (socket) => void socket.end('HELLO\r\n\r\n')],
  [
    'it opens the tunnel and resets it',
    'network/connection-lost',
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.once('data', () => socket.resetAndDestroy());
    },
  ],
  [
    'it answers through the tunnel itself',
    'network/tls-failed',
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.once('data', () => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n<html>Blocked</html>'));
    },
  ],
];

const SILENCES: readonly (readonly [title: string, fault: ProxyFault])[] = [
  ['it never answers', () => undefined],
  ['it never ends its answer', (socket) => void socket.write('HTTP/1.1 200 Connection est')],
  ['the tunnel is silent', (socket) => void socket.write('HTTP/1.1 200 OK\r\n\r\n')],
];

async function proxied(lab: FaultLab, step: Step, fault: ProxyFault, times?: number): Promise<Arranged> {
  const proxy = await startFaultProxy(lab.ports, step.host, fault, times);
  if (step.isLater) {
    lab.onToken = proxy.arm;
  } else {
    proxy.arm();
  }
  return { environment: { HTTPS_PROXY: proxy.url }, met: proxy.asked, stop: proxy.stop };
}

/** The port of a proxy that was there. */
async function closedProxy(lab: FaultLab): Promise<Arranged> {
  const proxy = await startFaultProxy(lab.ports, '', () => undefined);
  await proxy.stop();
  return { environment: { HTTPS_PROXY: proxy.url } };
}

/** What stands between the runner and every host. */
export const PROXY_CASES: readonly FaultCase[] = [
  ...ALL_STEPS.flatMap((step) => [
    ...FAULTS.map(([title, code, fault]): FaultCase => {
      const arrange = (lab: FaultLab): Promise<Arranged> => proxied(lab, step, fault);
      return { kind: 'proxy', step, title, inputs: THROUGH, arrange, ending: endingOf(step, code) };
    }),
    ...SILENCES.map(([title, fault]): FaultCase => {
      const arrange = (lab: FaultLab): Promise<Arranged> => proxied(lab, step, fault);
      return { kind: 'proxy', step, title, inputs: IMPATIENT, arrange, ending: endingOf(step, 'network/timeout') };
    }),
  ]),
  {
    kind: 'proxy',
    step: STEPS.discovery,
    title: 'nothing listens at its address',
    inputs: THROUGH,
    arrange: closedProxy,
    ending: fails('network/proxy-unreachable'),
  },
  {
    kind: 'proxy',
    step: STEPS.discovery,
    title: 'its name can not be resolved',
    inputs: THROUGH,
    environment: { HTTPS_PROXY: 'http://proxy.example.test:3128', ...failingNames('ENOTFOUND') },
    ending: fails('network/proxy-unreachable'),
  },
  ...[PINNED_DISCOVERY, STEPS.token, STEPS['key-set'], STEPS['provider-metadata'], STEPS.reminder].map(
    (step): FaultCase => ({
      kind: 'transient',
      step,
      title: '502 of the proxy, once',
      inputs: THROUGH,
      arrange: (lab) => proxied(lab, step, answers('502 Bad Gateway'), 1),
      ending: passes('network/proxy-failed'),
    }),
  ),
];
