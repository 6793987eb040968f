import { describe, expect, it } from 'vitest';
import { checkWorkspace, pinnedVersions, type Workspace } from '../../src/clients/workspace.ts';

const NOTHING: Workspace = { environment: {}, pinFiles: {} };

function codes(
  workspace: Partial<Workspace>,
  clients: Parameters<typeof checkWorkspace>[1] = ['flyte'],
  writes = false,
) {
  return checkWorkspace({ ...NOTHING, ...workspace }, clients, writes).map(({ code }) => code);
}

describe('a pinned version of flyte', () => {
  it.each<[string, string, string[]]>([
    ['uv.lock', '[[package]]\nname = "flyte"\nversion = "2.0.5"\n', ['2.0.5']],
    ['poetry.lock', '[[package]]\nname = "flyte"\nversion = "2.1.9"\ndescription = ""\n', ['2.1.9']],
    ['pdm.lock', '[[package]]\nname = "flyte"\nextras = ["x"]\nversion = "2.3.8"\n', ['2.3.8']],
    ['Pipfile.lock', '{"default": {"flyte": {"hashes": [], "version": "==2.2.0"}}}', ['2.2.0']],
    ['requirements.txt', 'httpx\nflyte==2.0.9 # pinned\n', ['2.0.9']],
    ['requirements.txt', 'flyte[tui] == 2.0.9 ; python_version > "3.9"\n', ['2.0.9']],
    ['pyproject.toml', 'dependencies = ["flyte==2.1.8", "x"]\n', ['2.1.8']],
    ['requirements.txt', 'flyte>=2.0.9\nflytekit==2.0.1\nmy-flyte==2.0.1\n', []],
    ['uv.lock', '[[package]]\nname = "flyte"\n\n[[package]]\nname = "x"\nversion = "2.0.5"\n', []],
    ['uv.lock', '[[package]]\nname = "flyteidl2"\nversion = "2.0.5"\n', []],
  ])('in %s: %s', (file, text, versions) => {
    expect(pinnedVersions({ [file]: text }).map(({ version }) => version)).toEqual(versions);
  });

  it.each<[string, string[]]>([
    ['1.9.9', []],
    ['2.0.0', ['client/version-ignores-key']],
    ['2.0.9', ['client/version-ignores-key']],
    ['2.0.10', []],
    ['2.1.7', []],
    ['2.1.8', ['client/version-can-hang']],
    ['2.3.8', ['client/version-can-hang']],
    ['2.3.9', []],
    ['2.12.1', []],
  ])('%s: %j', (version, expected) => {
    expect(codes({ pinFiles: { 'requirements.txt': `flyte==${version}\n` } })).toEqual(expected);
    expect(codes({ pinFiles: { 'requirements.txt': `flyte==${version}\n` } }, ['flytekit'])).toEqual([]);
  });

  it('is told once, however many files say it', () => {
    const text = 'flyte==2.0.5\n';
    expect(codes({ pinFiles: { 'requirements.txt': text, 'requirements-dev.txt': text } })).toHaveLength(1);
  });
});

describe('the environment of the job', () => {
  const config = { path: 'config.yaml', text: 'admin: {}\n' };
  it.each<[string, Partial<Workspace>, boolean, string[]]>([
    [
      'a switch that is meant to be off',
      { config, environment: { FLYTE_ADMIN_DISABLEKEYRING: 'False' } },
      false,
      ['client/environment-is-always-true'],
    ],
    ['a switch without a config file is not read', { environment: { FLYTE_ADMIN_DISABLEKEYRING: 'false' } }, false, []],
    [
      'a switch beside a file that we write',
      { environment: { FLYTE_ADMIN_INSECURESKIPVERIFY: '0' } },
      true,
      ['client/environment-is-always-true'],
    ],
    ['a switch that is on', { config, environment: { FLYTE_ADMIN_DISABLEKEYRING: 'true' } }, false, []],
    [
      'a runner of our own',
      { environment: { RUNNER_ENVIRONMENT: 'self-hosted' } },
      false,
      ['client/keyring-is-shared'],
    ],
    [
      'a runner of our own, and a file that turns the keyring off',
      { environment: { RUNNER_ENVIRONMENT: 'self-hosted' } },
      true,
      [],
    ],
    [
      'the same in a file of the user',
      {
        config: { path: 'config.yaml', text: 'admin:\n  disableKeyring: true\n' },
        environment: { RUNNER_ENVIRONMENT: 'self-hosted' },
      },
      false,
      [],
    ],
    ['a runner of GitHub', { environment: { RUNNER_ENVIRONMENT: 'github-hosted' } }, false, []],
  ])('%s', (_name, workspace, writes, expected) => {
    expect(codes(workspace, ['flyte'], writes)).toEqual(expected);
  });

  it('names the variables that flytekit no longer reads', () => {
    const environment = { FLYTE_PLATFORM_AUTH: 'True', FLYTE_CREDENTIALS_SCOPES: 'all' };
    const [finding] = checkWorkspace({ ...NOTHING, environment }, ['flytekit'], true);
    expect(finding).toMatchObject({
      code: 'client/dead-variable',
      severity: 'note',
      detail: 'Set: FLYTE_PLATFORM_AUTH.',
    });
    expect(codes({ environment })).toEqual([]);
  });
});
