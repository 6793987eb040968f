import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyOf } from '../e2e/keys.ts';
import { authority } from '../e2e/scenario.ts';
import { temporaryFolder, writtenFile } from '../e2e/temporary.ts';
import { type Deployment, startDeployment } from '../lab/deployment.ts';
import { findLeak } from '../runner/leak-oracle.ts';
import { type Called, call, reachOf } from './command-line.ts';

const SYSTEMS = {
  none: {},
  github: { GITHUB_ACTIONS: 'true' },
  gitlab: { GITLAB_CI: 'true' },
  jenkins: { JENKINS_URL: 'https://ci.example.com/' },
  azure: { TF_BUILD: 'True' },
} as const;
const folder = temporaryFolder();
let lab: Deployment;
let reach: string[];
let key: string;
beforeAll(async () => {
  lab = await startDeployment({ authority: await authority() });
  reach = reachOf(lab, writtenFile(folder, 'authority.pem', lab.certificateAuthorityPem));
  key = keyOf({ domain: lab.domain, clientId: lab.clientId, clientSecret: lab.clientSecret });
});
afterAll(() => lab.stop());

async function check(system: keyof typeof SYSTEMS, args: readonly string[], apiKey = key): Promise<Called> {
  return await call(['check', ...reach, ...args], '', { FLYTE_API_KEY: apiKey, ...SYSTEMS[system] }, folder);
}

function isLeaking(text: string): boolean {
  return [lab.clientSecret, key].some((secret) => findLeak(secret, text) !== undefined);
}

describe.each(Object.keys(SYSTEMS) as (keyof typeof SYSTEMS)[])('check in %s', (system) => {
  it('has the folds of the system, and one error for the cause', async () => {
    const { status, stdout, stderr } = await check(system, [], keyOf({ domain: lab.domain, clientId: lab.clientId }));
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    const folds = {
      none: /^What was checked$/m,
      github: /^::group::What was checked$/m,
      gitlab: /section_start:\d+:union_auth_what_was_checked\[collapsed=true\]\r/,
      jenkins: /^What was checked$/m,
      azure: /^##\[group\]What was checked$/m,
    };
    expect(stdout).toMatch(folds[system]);
    const errors = [...stdout.matchAll(/^(?:::error |##vso\[task\.logissue type=error;code=idp\/wrong-secret;\])/gm)];
    expect(errors.length).toBe(system === 'github' || system === 'azure' ? 1 : 0);
    expect(stdout).toContain('Not ready: The identity provider refuses the client id or the client secret');
    expect(isLeaking(stdout)).toBe(false);
  });

  it.skipIf(process.platform === 'win32')(
    'hands the key on in a file that a shell sources, and that is yours alone',
    async () => {
      const file = path.join(folder, `${system}.env`);
      const { status, stdout } = await check(system, ['--exports-file', file]);
      expect(status).toBe(0);
      expect(isLeaking(stdout)).toBe(false);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      const script = '. "$1"; env';
      const sourced = spawnSync('sh', ['-c', script, 'sh', file], {
        encoding: 'utf8',
        env: { PATH: process.env['PATH'] ?? '' },
      });
      expect(
        sourced.stdout
          .split('\n')
          .filter((line) => line.startsWith('FLYTE'))
          .sort((a, b) => (a < b ? -1 : 1)),
      ).toEqual([`FLYTE_API_KEY=${key}`, 'FLYTE_DISABLE_SENTRY=true']);
    },
  );

  it('hands nothing on where the key fails', async () => {
    const file = path.join(folder, `${system}-failing.env`);
    const wrong = keyOf({ domain: lab.domain, clientId: lab.clientId });
    for (const args of [
      ['--exports-file', file],
      ['--exports-file', file, '--fail-on', 'never'],
    ]) {
      await check(system, args, wrong);
      expect(existsSync(file)).toBe(false);
    }
    // A warning that is to fail the job is no reason to hand the key on either.
    expect((await check(system, ['--exports-file', file, '--fail-on', 'warning'])).status).toBe(1);
    expect(existsSync(file)).toBe(false);
  });
});

describe('in GitLab', () => {
  it.each([
    ['gitlab/can-mask', 'Zq7-kWm_4Vx~9Tb.Rn2'],
    ['gitlab/can-mask-without-expansion', 'Zq7-kWm_4Vx!9Tb$Rn2'],
    ['gitlab/can-not-mask', 'Zq7-kWm_4Vx 9Tb Rn2'],
  ])('it says whether the secret can be masked: %s', async (code, secret) => {
    const fields = ['--domain', lab.domain, '--client-id', 'a', '--verify', 'offline'];
    const environment = { ...SYSTEMS.gitlab, CLIENT_SECRET: secret };
    const { status, stdout } = await call(['check', ...fields], '', environment, folder);
    expect(status).toBe(0);
    expect(stdout.replaceAll(/\d{10}/g, '<time>')).toMatchSnapshot();
    expect(stdout).toContain(`(${code})`);
    expect(findLeak(secret, stdout)).toBeUndefined();
  });

  it('it says so of the key', async () => {
    expect((await check('gitlab', [])).stdout).toContain('(gitlab/can-mask)');
    expect((await check('jenkins', [])).stdout).not.toContain('gitlab/');
  });
});

describe('check', () => {
  it('hands the key on in Azure Pipelines as a secret variable, after every form of it was masked', async () => {
    const { status, stdout, stderr } = await check('azure', ['--export']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const lines = stdout.split('\n');
    const isCommand = (line: string): boolean => line.startsWith('##vso[');
    const masks = lines.filter((line) => line.startsWith('##vso[task.setsecret]'));
    expect(masks.length).toBeGreaterThan(5);
    expect(lines.slice(0, masks.length)).toEqual(masks);
    const variable = lines.filter((line) => line.startsWith('##vso[task.setvariable'));
    expect(variable).toEqual([
      `##vso[task.setvariable variable=FLYTE_API_KEY;issecret=true]${key}`,
      '##vso[task.setvariable variable=FLYTE_DISABLE_SENTRY]true',
    ]);
    // The agent takes its commands out of the log.
    expect(isLeaking(lines.filter((line) => !isCommand(line)).join('\n'))).toBe(false);
  });

  it('masks, and hands nothing on, where the key fails in Azure Pipelines', async () => {
    const { status, stdout } = await check(
      'azure',
      ['--export'],
      keyOf({ domain: lab.domain, clientId: lab.clientId }),
    );
    expect(status).toBe(1);
    expect(stdout).not.toContain('task.setvariable');
  });

  it('writes a JUnit report, failing or not, in the place of an older one', async () => {
    const file = path.join(folder, 'report.xml');
    writeFileSync(file, 'older');
    expect((await check('gitlab', ['--junit', file])).status).toBe(0);
    expect(readFileSync(file, 'utf8')).toMatch(
      /<testsuite name="union-auth union\.example\.test" tests="\d+" failures="0"/,
    );
    await check('jenkins', ['--junit', file], keyOf({ domain: lab.domain, clientId: lab.clientId }));
    const xml = readFileSync(file, 'utf8');
    expect(xml).toMatch(/failures="1"[\s\S]*<failure message="The token endpoint answered 401/);
    expect(isLeaking(xml)).toBe(false);
  });

  it.each<[string, keyof typeof SYSTEMS, string[], string]>([
    ['--export outside of Azure', 'gitlab', ['--export'], '--export is for Azure Pipelines. Give --exports-file'],
    ['--export in GitHub Actions', 'github', ['--export'], 'In GitHub Actions the action does that'],
    ['--export with --json', 'azure', ['--export', '--json'], '--export prints commands'],
    ['a file that exists', 'gitlab', ['--exports-file', 'authority.pem'], 'The file of --exports-file exists already'],
  ])('%s is a wrong call, and sends nothing', async (_name, system, args, complaint) => {
    const before = lab.requests.length;
    const { status, stdout, stderr } = await check(system, args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(complaint);
    expect(lab.requests.length).toBe(before);
  });
});
