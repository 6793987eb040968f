import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY } from '../../src/rotation/instants.ts';
import { isStampOf, readStamp, writeStamp } from '../../src/rotation/stamp.ts';
import { keyOf } from '../e2e/keys.ts';
import { authority } from '../e2e/scenario.ts';
import { temporaryFolder, writtenFile } from '../e2e/temporary.ts';
import { type Deployment, startDeployment } from '../lab/deployment.ts';
import { findLeak } from '../runner/leak-oracle.ts';
import { type Called, call } from './command-line.ts';

const SECRET = 'Zq7~kWm-4Vx_9Tb.Lp3';
const folder = temporaryFolder();

describe('rotation stamp', () => {
  it('prints a value that is of this key, and the line that writes it', async () => {
    const before = Date.now();
    const args = [
      '--repository',
      'acme/app',
      '--environment',
      'prod eu',
      '--key-id',
      'ocs1',
      '--expires-at',
      '2031-01-01',
    ];
    const { status, stdout, stderr } = await call(['rotation', 'stamp', ...args], `${SECRET}\n`);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const [value = '', empty, sentence, command] = stdout.split('\n');
    expect([empty, sentence]).toEqual(['', 'Write it as the variable FLYTE_API_KEY_META, which is no secret:']);
    const stamp = readStamp(value);
    expect(stamp).toMatchObject({ keyId: 'ocs1', expires: Date.UTC(2031, 0, 1) });
    expect((stamp?.created ?? 0) - before).toBeGreaterThan(-1_001);
    expect(stamp && isStampOf(stamp, SECRET)).toBe(true);
    expect(stamp && isStampOf(stamp, `${SECRET}x`)).toBe(false);
    // As a shell and gh would take it.
    const gh = writtenFile(folder, 'bin/gh', '#!/bin/sh\nfor word; do printf "%s\\n" "$word"; done\n');
    chmodSync(gh, 0o755);
    const PATH = `${path.dirname(gh)}:${process.env['PATH'] ?? ''}`;
    const taken = spawnSync('sh', ['-c', command ?? ''], { env: { PATH }, encoding: 'utf8' }).stdout;
    expect(taken.trimEnd().split('\n')).toEqual([
      'variable',
      'set',
      'FLYTE_API_KEY_META',
      '--repo',
      'acme/app',
      '--env',
      'prod eu',
      '--body',
      value,
    ]);
    expect(findLeak(SECRET, stdout)).toBeUndefined();
  });

  it('takes the day of the rotation, and prints JSON for scripts', async () => {
    const args = ['--rotated-at', '2026-01-02T01:00:00+02:00', '--variable', 'STAGING_META', '--json'];
    const { status, stdout } = await call(['rotation', 'stamp', ...args], SECRET);
    const printed = JSON.parse(stdout) as { variable: string; value: string; command: string };
    expect(status).toBe(0);
    expect(printed.variable).toBe('STAGING_META');
    expect(readStamp(printed.value)?.created).toBe(Date.UTC(2026, 0, 1, 23));
    expect(printed.command).toBe(`gh variable set STAGING_META --body '${printed.value}'`);
  });

  it.each([
    [['--rotated-at', 'yesterday'], SECRET, '--rotated-at is no date'],
    [['--rotated-at', '2026-01-02T01:00:00'], SECRET, '--rotated-at has no zone'],
    [['--rotated-at', '2099-01-01'], SECRET, '--rotated-at is after today'],
    [['--expires-at', '2020-01-01'], SECRET, '--expires-at is not after the rotation'],
    [['--key-id', "a'; rm -rf /"], SECRET, '--key-id holds something'],
    [['--environment', "a'b"], SECRET, '--environment holds something'],
    [['--repository', 'app'], SECRET, '--repository holds something'],
    [[], '', 'There is no key'],
    [[], '***', 'There is no key'],
    [[SECRET], '', 'There is an argument too many'],
  ])('%j refuses', async (args, input, complaint) => {
    const { status, stdout, stderr } = await call(['rotation', 'stamp', ...args], input);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(complaint);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).not.toContain(SECRET);
  });
});

describe('rotation remind', () => {
  let lab: Deployment;
  let reach: readonly string[];
  beforeAll(async () => {
    lab = await startDeployment({ authority: await authority() });
    const certificates = writtenFile(folder, 'authority.pem', lab.certificateAuthorityPem);
    reach = ['--ca-certificates', certificates, '--connect-to', lab.connectTo.join('\n'), '--retries', '0'];
  });
  afterAll(() => lab.stop());

  const daysAgo = (days: number): string => new Date(Date.now() - days * DAY).toISOString().slice(0, 10);
  const remind = async (args: readonly string[], environment: Record<string, string>): Promise<Called> => {
    const called = await call(['rotation', 'remind', ...reach, ...args], '', environment);
    for (const secret of Object.values(environment)) {
      expect(findLeak(secret, called.stdout + called.stderr)).toBeUndefined();
    }
    return called;
  };

  it('says how old a key is and that it works', async () => {
    const { status, stdout, stderr } = await remind(['--name', 'production', '--rotated-at', daysAgo(10)], {
      FLYTE_API_KEY: keyOf(lab),
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('production: fine\n');
    expect(stdout).toContain(`production can sign in to ${lab.domain}.`);
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^1 key watched\. Next: production is fine, to be rotated by /);
  });

  it.each([
    ['a key that is due', 80, [], 0, '1 key watched. Next: FLYTE_API_KEY is due'],
    [
      'a key that is due, with --fail-on warning',
      80,
      ['--fail-on', 'warning'],
      1,
      'Failed: The key is due for rotation (rotation/due).',
    ],
    [
      'another highest age',
      80,
      ['--max-age-days', '365', '--fail-on', 'warning'],
      0,
      '1 key watched. Next: FLYTE_API_KEY is fine',
    ],
  ])('%s', async (_, days, args, expected, said) => {
    const { status, stdout } = await remind(['--rotated-at', daysAgo(days), ...args], { FLYTE_API_KEY: keyOf(lab) });
    expect(status).toBe(expected);
    expect(stdout).toContain(said);
  });

  it('finds that a key does not work, by its fields too', async () => {
    const fields = ['--domain', lab.domain, '--client-id', lab.clientId, '--rotated-at', daysAgo(1)];
    const { status, stdout } = await remind(fields, { CLIENT_SECRET: 'not-the-secret-of-this-app' });
    expect(status).toBe(1);
    expect(stdout).toContain('(idp/wrong-secret)');
  });

  it('watches a list of keys whose secrets stand in the environment', async () => {
    const keys = writtenFile(
      folder,
      'keys.yml',
      '- name: staging\n  api-key: $STAGING_KEY\n  meta: $STAGING_META\n- name: old\n  rotated-at: 2020-01-01\n  meta: $NOT_WRITTEN_YET\n',
    );
    const key = keyOf(lab);
    const meta = writeStamp({ created: Date.now() - 5 * DAY }, key, randomBytes(16));
    const called = await call(['rotation', 'remind', ...reach, '--keys', keys, '--json'], '', {
      STAGING_KEY: key,
      STAGING_META: meta,
    });
    expect(called).toMatchObject({ status: 0, stderr: '' });
    expect(findLeak(key, called.stdout)).toBeUndefined();
    expect(JSON.parse(called.stdout)).toMatchObject({
      stage: 'overdue',
      keys: [
        { name: 'staging', stage: 'fine', source: 'variable', works: true },
        { name: 'old', stage: 'overdue', source: 'input' },
      ],
    });
  });

  it.each([
    [['--rotated-at', 'soon'], {}, 'A date is no date. rotated-at of FLYTE_API_KEY can not be read as a date.'],
    [['--rotated-at', '2099-01-01'], {}, 'A rotation lies in the future.'],
    [['--due-days', '40', '--rotated-at', '2026-01-01'], {}, 'The days of the stages are out of order.'],
    [['--tracker', 'jira', '--rotated-at', '2026-01-01'], {}, '--tracker must be one of none, gitlab.'],
    [['--tracker', 'gitlab', '--rotated-at', '2026-01-01'], {}, 'There is no token for GitLab.'],
    [
      ['--tracker', 'gitlab', '--rotated-at', '2026-01-01'],
      { GITLAB_TOKEN: 'glpat-0123456789abcdef' },
      'The project for the issue is not known.',
    ],
    [['--keys', '/no/such/file'], {}, 'A file that is named can not be read.'],
    [['--api-key', 'a-secret'], {}, '--api-key is refused'],
  ])('%j refuses', async (args, environment: Record<string, string>, complaint) => {
    const { status, stdout, stderr } = await call(['rotation', 'remind', ...reach, ...args], '', environment);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(`union-auth: ${complaint}`);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
