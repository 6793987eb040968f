import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Deployment } from '../../lab/deployment.ts';
import { type DebianProgram, debianProgram, freePort } from '../tools.ts';
import { isRoot, startAtPort } from './debian-program.ts';

/** What the ingress does otherwise than the documented one. */
export interface IngressOptions {
  /** Passes every call on, as before a Flyte that checks the token itself. */
  readonly hasNoAuthRequest?: boolean;
  /** The annotation auth-signin: a refused call is sent to the login page. */
  readonly signIn?: boolean;
  /** What the auth subrequest answers in place of the control plane. */
  readonly authStatus?: 403 | 503;
  readonly dropsTokenHeader?: boolean;
  /** The settings that a fix names, raised. */
  readonly largeHeaders?: boolean;
}

export interface Ingress {
  readonly port: number;
  /** Status of each request for who is calling. */
  identityStatuses(): number[];
  errors(): string;
  stop(): Promise<void>;
}

export function nginxProgram(cache: string): Promise<DebianProgram> {
  return debianProgram(cache, ['nginx'], 'usr/sbin/nginx');
}

/** nginx as the ingress before the control plane of a lab, with TLS and its limits for headers as they are. */
export async function startIngress(
  program: DebianProgram,
  temporary: string,
  lab: Deployment,
  identityPort: number,
  options: IngressOptions = {},
): Promise<Ingress> {
  const folder = mkdtempSync(path.join(temporary, 'nginx-'));
  const port = await freePort();
  const { certificatePem, keyPem } = await lab.authority.issue([lab.domain]);
  writeFileSync(path.join(folder, 'certificate.pem'), certificatePem);
  writeFileSync(path.join(folder, 'key.pem'), keyPem);
  const configuration = path.join(folder, 'nginx.conf');
  writeFileSync(configuration, configurationOf({ folder, port, lab, identityPort, options }));
  const errorLog = path.join(folder, 'error.log');
  const server = await startAtPort(program, ['-e', errorLog, '-p', folder, '-c', configuration], port);
  return {
    port,
    identityStatuses: () =>
      [...readFileSync(path.join(folder, 'access.log'), 'utf8').matchAll(/^(\d{3}) (?:\/me|\S*\/UserInfo|-)$/gm)].map(
        ([, status]) => Number(status),
      ),
    errors: () => readFileSync(errorLog, 'utf8'),
    stop: server.stop,
  };
}

interface Settings {
  readonly folder: string;
  readonly port: number;
  readonly lab: Deployment;
  readonly identityPort: number;
  readonly options: IngressOptions;
}

/**
 * The routes and the auth subrequest of the ingress that Union's chart makes, as ingress-nginx writes them.
 * Source: unionai/helm-charts charts/controlplane, protectedIngressAnnotations; kubernetes/ingress-nginx
 * rootfs/etc/nginx/template/nginx.tmpl, `location = {{ $authPath }}`. The key of its cache, auth-cache-key, is hashed
 * there; nginx alone can't do that, and the end of a signature tells tokens apart as well.
 */
function configurationOf({ folder, port, lab, identityPort, options }: Settings): string {
  const { domain, controlPlane } = lab;
  const temporaryPaths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  return `
daemon off;
pid ${folder}/nginx.pid;
${isRoot ? 'user root;' : ''}
events {}
http {
  log_format seen '$status $uri';
  access_log ${folder}/access.log seen;
  map $http_flyte_authorization $auth_key {
    "~(?<end>.{1,64})$" $end;
  }
  proxy_cache_path ${folder}/auth_cache keys_zone=auth_cache:1m;
  ${temporaryPaths.join('\n  ')}
  server {
    listen 127.0.0.1:${port} ssl http2;
    server_name ${domain};
    ssl_certificate ${folder}/certificate.pem;
    ssl_certificate_key ${folder}/key.pem;
    ${options.largeHeaders ? 'large_client_header_buffers 4 32k;\n    proxy_buffer_size 32k;\n    proxy_buffers 4 32k;' : ''}
    proxy_set_header Host $host;
    proxy_ssl_name ${domain};
    proxy_ssl_server_name on;

    location = /_auth {
      internal;
      proxy_pass_request_body off;
      proxy_set_header Content-Length "";
      proxy_cache auth_cache;
      proxy_cache_key "$server_name$auth_key$http_cookie";
      proxy_cache_valid 200 202 401 5m;
      proxy_set_header Host $host;
      ${options.authStatus === undefined ? `proxy_pass https://127.0.0.1:${identityPort}/me;` : `return ${options.authStatus};`}
    }
    location = /me {
      proxy_pass https://127.0.0.1:${identityPort};
    }
    location / {
      proxy_pass https://127.0.0.1:${controlPlane.port};
    }
    location /flyteidl2.auth.AuthMetadataService/ {
      proxy_pass https://127.0.0.1:${controlPlane.port};
    }
    location /flyteidl2. {
      ${options.hasNoAuthRequest ? '' : 'auth_request /_auth;'}
      ${options.signIn ? 'error_page 401 = @signin;' : ''}
      proxy_set_header Host $host;
      ${options.dropsTokenHeader ? 'proxy_set_header Flyte-Authorization "";' : ''}
      proxy_pass https://127.0.0.1:${controlPlane.port};
    }
    location @signin {
      return 302 https://$host/login?redirect_url=$request_uri;
    }
  }
}
`;
}
