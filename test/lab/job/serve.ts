/* The lab of a job: started by start.ts, which is told where it answers. */
import { startDeployment } from '../deployment.ts';
import type { JobLab } from './start.ts';

/** Longer than any job that uses it. On GitHub the runner ends what a job leaves behind. */
const LIFETIME_MILLISECONDS = 30 * 60_000;

const lab = await startDeployment();
setTimeout(() => process.exit(0), LIFETIME_MILLISECONDS);
process.send?.({
  domain: lab.domain,
  clientId: lab.clientId,
  clientSecret: lab.clientSecret,
  issuer: lab.issuer,
  tokenUrl: lab.tokenEndpoint,
  audience: lab.audience,
  connectTo: lab.connectTo.join('\n'),
  certificateAuthorityPem: lab.certificateAuthorityPem,
} satisfies JobLab);
