import { cp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Proxy as LabProxy, startProxy } from '../../e2e/proxy.ts';
import type { AnyLab } from '../../e2e/scenario.ts';
import { runStep } from '../../runner/action-runner.ts';

const ROOT = path.join(import.meta.dirname, '../../..');

/** What the action left behind for the next steps of its job. */
export interface SignedInJob {
  readonly exported: Readonly<Record<string, string>>;
  /** The environment of a next step: what the action exported, and what every job has. */
  readonly environment: NodeJS.ProcessEnv;
  readonly workspace: string;
  /** The config file that the action wrote; empty where it wrote none. */
  readonly configFile: string;
  end(): Promise<void>;
}

/** The environment of a job without anything of this machine but how to find programs. */
export function plainEnvironment(home: string, proxy?: LabProxy): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], HOME: home, ...(proxy && { HTTPS_PROXY: proxy.url }) };
}

/**
 * Runs the built action as a job of a workflow does; it has to end well.
 * @param inputs beside those of the key and the certificates.
 */
export async function signIn(
  lab: AnyLab,
  proxy: LabProxy,
  inputs: Readonly<Record<string, string>> = {},
): Promise<SignedInJob> {
  const result = await runStep({
    actionDirectory: ROOT,
    step: 'main',
    inputs: {
      domain: lab.domain,
      'client-id': lab.clientId,
      'client-secret': lab.clientSecret,
      'ca-certificates': lab.certificateAuthorityPem,
      ...inputs,
    },
    environment: { HTTPS_PROXY: proxy.url },
  });
  if (result.conclusion !== 'success') {
    await result.cleanUp();
    throw new Error(`the action failed: ${result.annotations.map(({ message }) => message).join('; ')}`);
  }
  return {
    exported: result.exportedEnvironment,
    environment: { ...plainEnvironment(result.folders.home, proxy), ...result.exportedEnvironment },
    workspace: result.workspace,
    configFile: result.outputs['config-file'] ?? '',
    end: result.cleanUp,
  };
}

/** Does something with a lab and with a proxy that leads its names, at port 443, to it. */
export async function withLab<Lab extends AnyLab>(
  lab: Lab,
  use: (lab: Lab, proxy: LabProxy) => Promise<void>,
): Promise<void> {
  const proxy = await startProxy(lab);
  try {
    await use(lab, proxy);
  } finally {
    await Promise.all([proxy.stop(), lab.stop()]);
  }
}

/** The certificate authority of a lab as a file. */
export async function writeAuthority(lab: AnyLab, folder: string): Promise<string> {
  const file = path.join(folder, 'authority.pem');
  await writeFile(file, lab.certificateAuthorityPem);
  return file;
}

/** A task and a config file to deploy it with, copied: Python leaves its own files beside them. */
export async function writeProject(folder: string): Promise<void> {
  await cp(path.join(import.meta.dirname, 'project'), folder, { recursive: true });
}
