import { DAY } from '../../src/rotation/instants.ts';
import { createCertificateAuthority } from '../lab/certificates.ts';
import { type ScriptedDeployment, startDeployment } from '../lab/deployment.ts';
import { type GitHub, startGitHub } from '../lab/github/github.ts';
import type { RecordedRequest } from '../lab/https-server.ts';
import { HOSTS, type Step } from './steps.ts';

/** Of GitHub. Made up, and no sentence of ours holds a part of it. */
const TOKEN = 'ghs_Zq7mKd2Lm5Tw9Xb4Rv8Np3';
/** Of the signature of a token. */
const TELLING_CHARACTERS = 24;
const PATH = '/oauth2/default';
/** So old that there is something to tell. */
const AGE_DAYS = 80;

/** A deployment whose every step has a host of its own, and GitHub beside it; one case at a time, until the process ends. */
export interface FaultLab {
  readonly deployment: ScriptedDeployment;
  readonly github: GitHub;
  readonly requests: RecordedRequest[];
  /** Where each host of the lab listens. */
  readonly ports: ReadonlyMap<string, number>;
  /** What no run may give away: enough of each to tell it by. */
  readonly secrets: string[];
  /** A token of the provider, which is a secret from then on. */
  signToken(claims?: Record<string, unknown>): Promise<string>;
  /** Called when the token is asked for, before it is given. */
  onToken: () => void;
  /** The inputs of a run in which nothing goes wrong, but for `connect-to`. */
  inputsOf(step: Step): Record<string, string>;
  /** As it was in the beginning. */
  reset(): void;
}

export async function startFaultLab(): Promise<FaultLab> {
  const authority = await createCertificateAuthority();
  const deployment = await startDeployment({
    provider: 'scripted',
    authority,
    scriptedProvider: { otherHostNames: [HOSTS.token, HOSTS.keySet] },
    controlPlane: {
      metadata: {
        tokenEndpoint: `https://${HOSTS.token}${PATH}/token`,
        jwksUri: `https://${HOSTS.keySet}${PATH}/jwks`,
      },
    },
  });
  const { requests } = deployment;
  const github = await startGitHub({ authority, requests, hostName: HOSTS.gitHub, now: Date.now });
  const lines = [...deployment.connectTo, github.connectTo].map((line) => line.split(':'));
  const ports = new Map(lines.map(([host = '', , , port]) => [host, Number(port)]));

  const lab: FaultLab = {
    deployment,
    github,
    requests,
    ports,
    secrets: [],
    async signToken(claims) {
      const token = await deployment.signToken(claims);
      lab.secrets.push(token.split('.')[2]?.slice(0, TELLING_CHARACTERS) ?? '');
      return token;
    },
    onToken: () => undefined,
    inputsOf({ action, inputs }) {
      const common = { 'ca-certificates': deployment.certificateAuthorityPem, 'github-token': TOKEN };
      if (action === 'rotation-reminder') {
        const rotated = new Date(Date.now() - AGE_DAYS * DAY).toISOString().slice(0, 10);
        return { ...common, name: 'production', 'rotated-at': rotated, ...inputs };
      }
      return {
        ...common,
        domain: deployment.domain,
        'client-id': deployment.clientId,
        'client-secret': deployment.clientSecret,
        'token-url': `https://${HOSTS.token}${PATH}/token`,
        ...inputs,
      };
    },
    reset() {
      requests.length = 0;
      lab.secrets.splice(0, Infinity, deployment.clientSecret, TOKEN);
      lab.onToken = () => undefined;
      deployment.controlPlane.settings.routes = {};
      scriptProvider(lab);
      github.faults.length = 0;
      github.world.repositories.clear();
      github.world.tokens.clear();
      github.addToken(TOKEN, { permissions: { issues: 'write', actions: 'read' } });
      github.addWorkflow('rotation-reminder.yml');
      github.addScheduledRun('rotation-reminder.yml', Date.now() - DAY);
    },
  };
  return lab;
}

/** A token that passes, and metadata that names the hosts of the lab. */
function scriptProvider(lab: FaultLab): void {
  const { deployment } = lab;
  const { provider } = deployment;
  const metadata = {
    issuer: deployment.issuer,
    token_endpoint: `https://${HOSTS.token}${provider.paths.token}`,
    jwks_uri: `https://${HOSTS.keySet}${provider.paths.jwks}`,
    revocation_endpoint: `https://${HOSTS.token}${provider.paths.revocation}`,
  };
  provider.on('GET', provider.paths.metadata, { body: metadata });
  provider.on('GET', provider.paths.openIdMetadata, { body: metadata });
  provider.on('GET', provider.paths.jwks, { body: provider.publicJwks });
  provider.on('POST', provider.paths.revocation, {});
  provider.on('POST', provider.paths.token, async () => {
    lab.onToken();
    const body = { access_token: await lab.signToken(), token_type: 'Bearer', expires_in: 3600, scope: 'all' };
    // So that a connection that was just cut is known to be cut before the token is there.
    return { delayMs: 20, body };
  });
}
