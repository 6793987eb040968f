import { createServer } from 'node:net';
import { answerOf } from '../../transport/raw-server.ts';
import { answers } from '../answers.ts';
import type { Arranged, FaultCase } from '../fault-case.ts';
import type { FaultLab } from '../fault-lab.ts';
import { type Exchange, type Fault, startFaultServer } from '../fault-server.ts';
import { endingOfStatus, requestsOf } from '../status-endings.ts';
import { ALL_STEPS } from '../steps.ts';

const REDIRECTS = [300, 301, 302, 303, 304, 305, 306, 307, 308];
const FEW_REDIRECTS = [302, 307];
const OTHER_HOST = 'other.example.test';

/** The value of Location; `path` is that of the request. */
const TARGETS: Readonly<Record<string, (host: string, path: string) => string | undefined>> = {
  'the same origin': () => '/elsewhere',
  'another port': (host, path) => `https://${host}:8443${path}`,
  'another host': (_, path) => `https://${OTHER_HOST}${path}`,
  'http:': (host, path) => `http://${host}:8080${path}`,
  'file:': () => 'file:///etc/hostname',
  nowhere: () => undefined,
  itself: (host, path) => `https://${host}${path}`,
};

function redirect(status: number, target: (host: string, path: string) => string | undefined): Fault {
  return {
    answer(exchange: Exchange) {
      const path = exchange.request.requestLine.split(' ')[1] ?? '/';
      const location = target(exchange.hostName, path);
      const headers = { connection: 'close', ...(location !== undefined && { location }) };
      exchange.end(answerOf(status, headers));
    },
  };
}

/** Servers at the targets. Each would answer, and none may be asked. */
async function otherServers({ deployment: { authority } }: FaultLab, host: string): Promise<Arranged> {
  const fault: Fault = answers(200, { 'content-type': 'application/json' }, '{}');
  const secure = await Promise.all(
    [host, OTHER_HOST].map(async (hostName) => {
      const server = await startFaultServer({ authority, hostName, fault, times: Infinity, onwardPort: 0 });
      server.arm();
      return server;
    }),
  );
  let plainConnections = 0;
  const plain = createServer((socket) => {
    plainConnections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
  const { port: plainPort } = plain.address() as { port: number };
  const [samePort = 0, otherPort = 0] = secure.map(({ port }) => port);
  return {
    connectTo: [
      `${host}:8443:127.0.0.1:${samePort}`,
      `${OTHER_HOST}:443:127.0.0.1:${otherPort}`,
      `${host}:8080:127.0.0.1:${plainPort}`,
    ],
    strayed: () => secure.reduce((sum, server) => sum + server.connections(), plainConnections),
    async stop() {
      await Promise.all(secure.map((server) => server.stop()));
      await new Promise((resolve) => plain.close(resolve));
    },
  };
}

/** None is followed: the server at the target sees nothing. */
export const REDIRECT_CASES: readonly FaultCase[] = ALL_STEPS.flatMap((step) =>
  (step.name === 'token' || step.name === 'key-set' ? REDIRECTS : FEW_REDIRECTS).flatMap((status) =>
    Object.entries(TARGETS).map(([name, target]): FaultCase => {
      return {
        kind: 'redirect',
        step,
        title: `${status} to ${name}`,
        fault: redirect(status, target),
        arrange: (lab) => otherServers(lab, step.host),
        ending: endingOfStatus(step, status),
        requests: requestsOf(step, status),
      };
    }),
  ),
);
