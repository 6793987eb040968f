import type { KeyFields } from '../api-key/fields.ts';
import { checkMetadata, discover, isOfTheNetwork } from '../control-plane/discovery.ts';
import { discoveryFinding } from '../control-plane/discovery-findings.ts';
import { comparePins } from '../control-plane/pins.ts';
import { FindingError, isError } from '../findings/finding.ts';
import { idpFinding } from '../identity-provider/findings.ts';
import { ownerOf } from '../identity-provider/providers.ts';
import type { Progress } from '../run-report.ts';
import { createTransport, type Transport } from '../transport/http-client.ts';
import type { Discovered } from './plan-trial.ts';
import type { TrialEffects, TrialRequest } from './try-token.ts';

/** For whoever else has to send something: with it the whole network is one file of a program to load. */
export { createTransport };

export interface DeploymentEffects extends TrialEffects {
  /** Called at most once, and only where the network is needed: what speaks TLS is loaded no sooner. */
  readonly openTransport: (create: typeof createTransport) => Transport;
}

/** What is known of a deployment that did not answer. */
const NOTHING_ADVERTISED = {
  issuer: '',
  tokenEndpoint: '',
  jwksUri: '',
  scopes: [],
  audience: '',
  authorizationMetadataKey: '',
};

/**
 * Everything that needs the network: who issues tokens for this deployment, and whether it gives one that is accepted.
 * What is found goes into `progress`. @throws FindingError with what ends the run.
 */
export async function tryDeployment(
  request: TrialRequest,
  fields: KeyFields,
  effects: DeploymentEffects,
  progress: Progress,
): Promise<void> {
  refuseProvidersDomain(fields.domain);
  const transport = effects.openTransport(createTransport);
  progress.transport = transport;
  // Loaded while the deployment answers.
  const [discovered, { tryToken }] = await Promise.all([
    findProvider(request, fields.domain, transport, effects, progress),
    import('./try-token.ts'),
  ]);
  if (!progress.findings.some(isError)) {
    await tryToken(request, fields, discovered, transport, effects, progress);
  }
}

/** The address of a sign-in page is easily taken for that of the deployment. */
function refuseProvidersDomain(domain: string): void {
  const owner = ownerOf(domain.toLowerCase());
  if (owner !== undefined) {
    throw new FindingError(idpFinding('idp/domain-is-the-providers', `${domain} belongs to ${owner.title}.`));
  }
}

/** Step 4: who issues tokens for this deployment, as the client would find out. */
async function findProvider(
  { pins }: TrialRequest,
  domain: string,
  transport: Transport,
  effects: DeploymentEffects,
  progress: Progress,
): Promise<Discovered> {
  try {
    const discovery = await discover(domain, transport, effects.retry);
    progress.findings.push(
      ...discovery.findings,
      ...checkMetadata(discovery.metadata),
      ...comparePins(pins, discovery.metadata),
    );
    progress.facts.deployment = { route: discovery.route };
    return discovery;
  } catch (error) {
    if (!(error instanceof FindingError) || isOfTheNetwork(error) || (pins.tokenUrl ?? pins.issuer) === undefined) {
      throw error;
    }
    progress.findings.push(discoveryFinding('discovery/skipped-for-pins', error.finding.detail));
    progress.facts.deployment = { route: 'none' };
    return { route: 'none', metadata: NOTHING_ADVERTISED };
  }
}
