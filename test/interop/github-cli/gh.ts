import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { startProxy } from '../../e2e/proxy.ts';
import type { AnyLab } from '../../e2e/scenario.ts';
import { createCertificateAuthority } from '../../lab/certificates.ts';
import { type GitHub, startGitHub } from '../../lab/github/github.ts';
import type { RecordedRequest } from '../../lab/https-server.ts';
import { Skipped } from '../suite.ts';
import { debianPackages, type Finished, run } from '../tools.ts';

/** What gh takes for GitHub Enterprise Server, whose API has another path and the same routes. */
const HOST = 'github.example.test';

export interface GhProgram {
  readonly file: string;
  readonly version: string;
}

/** gh of Debian, unpacked and not installed. */
export async function ghProgram(cache: string): Promise<GhProgram> {
  const file = path.join(await debianPackages(cache, ['gh']), 'usr/bin/gh');
  const { exitCode, stdout, stderr } = await run(file, ['--version']);
  const [version] = /\d+(\.\d+)+/.exec(stdout) ?? [];
  if (exitCode !== 0 || version === undefined) {
    throw new Skipped(`gh does not start here: ${stderr.trim().slice(0, 200)}`);
  }
  return { file, version };
}

export interface GhTrial extends AsyncDisposable {
  readonly github: GitHub;
  gh(token: string, args: readonly string[], input?: string): Promise<Finished>;
}

/** The lab's GitHub, and gh behind a proxy that leads its name there. */
export async function startTrial({ file }: GhProgram, temporary: string): Promise<GhTrial> {
  const authority = await createCertificateAuthority();
  const requests: RecordedRequest[] = [];
  const github = await startGitHub({
    authority,
    requests,
    hostName: HOST,
    basePath: '/api/v3',
    now: () => Date.now(),
  });
  // The proxy needs these two alone.
  const proxy = await startProxy({ requests, connectTo: [github.connectTo] } as unknown as AnyLab);
  const certificates = path.join(temporary, 'authority.pem');
  writeFileSync(certificates, authority.certificatePem);
  return {
    github,
    gh: (token, args, input = '') =>
      run(file, args, {
        cwd: temporary,
        input,
        environment: {
          PATH: process.env['PATH'],
          HOME: temporary,
          GH_CONFIG_DIR: path.join(temporary, 'gh'),
          GH_HOST: HOST,
          GH_ENTERPRISE_TOKEN: token,
          GH_NO_UPDATE_NOTIFIER: '1',
          GH_PROMPT_DISABLED: '1',
          NO_COLOR: '1',
          HTTPS_PROXY: proxy.url,
          SSL_CERT_FILE: certificates,
          SSL_CERT_DIR: temporary,
        },
      }),
    async [Symbol.asyncDispose]() {
      await Promise.all([proxy.stop(), github.stop()]);
    },
  };
}
