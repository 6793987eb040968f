import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { CLIENT_NAMES } from '../../src/clients/client.ts';
import { CLIENTS } from '../../src/clients/clients.ts';
import { keyOf } from '../e2e/keys.ts';
import { temporaryFolder } from '../e2e/temporary.ts';
import { findLeak } from '../runner/leak-oracle.ts';
import { call } from './command-line.ts';

const folder = temporaryFolder();
/** Every character that a shell could make something of. */
const SECRET = `Zq7~k'W"m\\$(x)\`y\` -4Vx|&;<>*?#9Tb`;
const KEY = keyOf({ domain: 'union.example.com', clientId: 'ci-app', clientSecret: SECRET });
/** Those of this machine: every one has the first. */
const SHELLS = ['sh', 'bash', 'dash'].filter((shell) => spawnSync(shell, ['-c', 'true']).status === 0);

describe('config', () => {
  it.each(CLIENT_NAMES)('prints the config file of %s, and no secret', async (name) => {
    const { status, stdout, stderr } = await call(['config', name], '', { FLYTE_API_KEY: KEY });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(findLeak(SECRET, stdout)).toBeUndefined();
    // The SDK of Union 1 reads the key, and no file.
    const file = name === 'union' ? null : { admin: { endpoint: 'dns:///union.example.com' } };
    expect(parse(stdout)).toEqual(
      file === null ? null : expect.objectContaining({ admin: expect.objectContaining(file.admin) }),
    );
    for (const variable of Object.keys(CLIENTS[name].variables)) {
      expect(stdout).toContain(variable);
    }
  });

  it.each(SHELLS)('writes exports that %s reads as they were meant, for you alone', async (shell) => {
    const files = { config: path.join(folder, `${shell}.yaml`), exports: path.join(folder, `${shell}.env`) };
    const args = ['--output', files.config, '--exports-file', files.exports];
    const { status, stdout } = await call(['config', 'flytectl', ...args], `${KEY}\n`);
    expect(status).toBe(0);
    expect(findLeak(SECRET, stdout)).toBeUndefined();
    const script = '. "$1"; printf "%s\\n%s" "$FLYTECTL_CONFIG" "$FLYTE_CLIENT_SECRET"';
    const sourced = spawnSync(shell, ['-c', script, shell, files.exports], { encoding: 'utf8' });
    expect(sourced.stdout).toBe(`${files.config}\n${SECRET}`);
    for (const file of Object.values(files)) {
      expect(statSync(file).mode & 0o777).toBe(0o600);
    }
    expect(findLeak(SECRET, readFileSync(files.config, 'utf8'))).toBeUndefined();
  });

  it('needs no secret to print the file of an app', async () => {
    const args = [
      '--domain',
      'Union.example.com',
      '--client-id',
      'ci-app',
      '--scopes',
      'all, x',
      '--audience',
      'api://a',
    ];
    const { status, stdout } = await call(['config', 'flytekit', ...args]);
    expect(status).toBe(0);
    expect(parse(stdout)).toEqual({
      admin: {
        endpoint: 'dns:///union.example.com',
        authType: 'ClientSecret',
        clientId: 'ci-app',
        clientSecretEnvVar: 'FLYTE_CLIENT_SECRET',
        scopes: ['all', 'x'],
        audience: 'api://a',
      },
    });
  });

  it.each([
    ['no client', [], 'config needs the name of a client'],
    ['an unknown client', ['pyflyte'], 'config needs the name of a client'],
    ['half of an app', ['flyte', '--domain', 'union.example.com'], 'config needs --domain and --client-id'],
    [
      'a domain with a port',
      ['flyte', '--domain', 'union.example.com:8443', '--client-id', 'a'],
      '(key/domain-has-port)',
    ],
    ['a project that is no id', ['flyte', '--project', 'a b'], '--project holds something'],
    ['a builder that is no name', ['flyte', '--image-builder', 'a b'], '--image-builder holds something'],
    ['a file for a client that reads none', ['union', '--output', 'union.yaml'], 'union reads no config file'],
    ['a file that can not be', ['flytekit', '--output', '/no/such/folder/config.yaml'], 'The file of --output'],
  ])('%s is a wrong call, and writes nothing', async (_name, args, complaint) => {
    const { status, stdout, stderr } = await call(['config', ...args], '', { FLYTE_API_KEY: KEY });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(complaint);
  });

  it('writes no exports where the config file can not be written', async () => {
    const exports = path.join(folder, 'lonely.env');
    const args = ['--output', '/no/such/folder/config.yaml', '--exports-file', exports];
    expect((await call(['config', 'flytekit', ...args], '', { FLYTE_API_KEY: KEY })).status).toBe(2);
    expect(existsSync(exports)).toBe(false);
  });
});
