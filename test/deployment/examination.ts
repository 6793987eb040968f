import { randomBytes } from 'node:crypto';
import type { DeploymentDescription } from '../../src/deployment/deployment.ts';
import { examineDeployment } from '../../src/deployment/doctor/doctor.ts';
import type { DoctorReport } from '../../src/deployment/doctor/doctor-report.ts';
import type { DoctorOptions } from '../../src/deployment/doctor/try-app.ts';
import { SecretStore } from '../../src/secrecy/secret-store.ts';
import { readConnectTo } from '../../src/transport/connect-to.ts';
import { createTransport } from '../../src/transport/http-client.ts';
import { systemRetryEffects } from '../../src/transport/retry.ts';
import { type CertificateAuthority, createCertificateAuthority } from '../lab/certificates.ts';
import { type FiveApps, startFiveApps } from '../lab/five-apps.ts';
import { CLOSED_HOST, type Fault } from './faults.ts';

let authority: CertificateAuthority | undefined;

export interface Examination {
  readonly report: DoctorReport;
  readonly masked: readonly string[];
}

export async function examine(
  lab: FiveApps,
  description: DeploymentDescription = lab.description,
  environment: Record<string, string> = lab.environment,
  options: DoctorOptions = { verify: 'token' },
): Promise<Examination> {
  const masked: string[] = [];
  const report = await examineDeployment(description, environment, options, {
    secrets: new SecretStore((value) => masked.push(value)),
    retry: systemRetryEffects(0),
    nonce: () => randomBytes(32).toString('base64url'),
    openTransport: () =>
      createTransport({
        timeoutSeconds: 10,
        deadlineSeconds: 30,
        connectTo: readConnectTo([...lab.connectTo, `${CLOSED_HOST}:443:127.0.0.1:1`]) ?? [],
        certificateAuthorities: lab.certificateAuthorityPem,
      }),
  });
  return { report, masked };
}

export async function withLab<Result>(
  { lab: options }: Pick<Fault, 'lab'>,
  use: (lab: FiveApps) => Promise<Result>,
): Promise<Result> {
  authority ??= await createCertificateAuthority();
  const lab = await startFiveApps({ ...options, authority });
  try {
    return await use(lab);
  } finally {
    await lab.stop();
  }
}

/** The report on a deployment with one fault. */
export async function examineFault(fault: Fault): Promise<DoctorReport> {
  const { report } = await withLab(fault, (lab) =>
    examine(lab, describedBy(fault, lab), { ...lab.environment, ...fault.environment }, fault.options),
  );
  return report;
}

function describedBy({ file, apps = {} }: Fault, { description }: FiveApps): DeploymentDescription {
  const changed = Object.entries({ ...description.apps, ...apps }).flatMap(([name, app]) =>
    app === undefined ? [] : [[name, { ...description.apps[name as keyof typeof apps], ...app }]],
  );
  return { ...description, ...file, apps: Object.fromEntries(changed) };
}
