/*
 * The lab in a process of its own, so that its work is not counted as the work of what is measured. Ends with the
 * process that forked it.
 */
import { subscribe } from 'node:diagnostics_channel';
import { startDeployment } from '../lab/deployment.ts';
import { startGitHub } from '../lab/github/github.ts';

/** The first message: what the inputs of a step are made from. */
export interface LabFacts {
  domain: string;
  clientId: string;
  clientSecret: string;
  certificateAuthorityPem: string;
  connectTo: string[];
  githubApiUrl: string;
  githubToken: string;
}

/** The answer to any message: what arrived since the last one. */
export interface LabTraffic {
  /** As in `provider GET /jwks`, in order of the alphabet. */
  requests: string[];
  connections: number;
}

let connections = 0;
subscribe('net.server.socket', () => {
  connections++;
});
const lab = await startDeployment();
const github = await startGitHub({ authority: lab.authority, requests: lab.requests, now: Date.now });
const githubToken = 'ghs_token-of-the-benchmark-0123456789';
github.addToken(githubToken);
github.repository();

process.on('message', () => {
  const requests = lab.requests.splice(0).map(({ server, method, path }) => `${server} ${method} ${path}`);
  process.send?.({ requests: requests.sort(), connections } satisfies LabTraffic);
  connections = 0;
});
process.on('disconnect', () => process.exit(0));

const { domain, clientId, clientSecret, certificateAuthorityPem } = lab;
process.send?.({
  domain,
  clientId,
  clientSecret,
  certificateAuthorityPem,
  connectTo: [...lab.connectTo, github.connectTo],
  githubApiUrl: github.apiUrl,
  githubToken,
} satisfies LabFacts);
