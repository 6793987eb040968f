import { describe, expect, it } from 'vitest';
import { checkPinnedVersion, isPinningFile } from '../../src/clients/pinned-version.ts';

const IGNORES = 'client/version-ignores-key';
const HANGS = 'client/version-can-hang';

function codes(path: string, text: string): string[] {
  return checkPinnedVersion([{ path, text }]).map(({ code }) => code);
}

describe('versions', () => {
  it.each<[string, string[]]>([
    ['0.2.0b3', [IGNORES]],
    ['2.0.0b52', [IGNORES]],
    ['2.0.0', [IGNORES]],
    ['2.0', [IGNORES]],
    ['2.0.9', [IGNORES]],
    ['2.0.9.post1', [IGNORES]],
    ['2.0.10', []],
    ['2.1.0', []],
    ['2.1.7', []],
    ['2.1.8', [HANGS]],
    ['2.1.10', [HANGS]],
    ['2.2.0', [HANGS]],
    ['2.3.8', [HANGS]],
    ['2.3.9', []],
    ['2.3.10', []],
    ['2.6.5', []],
    ['2.10.0', []],
    ['10.0.0', []],
  ])('%s', (version, expected) => {
    expect(codes('requirements.txt', `flyte==${version}\n`)).toEqual(expected);
  });
});

describe('a requirements file', () => {
  it.each<[string, string, string[]]>([
    ['among others', 'httpx==0.28.1\nflyte==2.0.5\npydantic==2.0.5\n', [IGNORES]],
    ['with extras and a marker', 'flyte[connectors] == 2.0.5 ; python_version > "3.10"\n', [IGNORES]],
    ['with hashes', 'flyte==2.1.9 \\\n    --hash=sha256:abc\n', [HANGS]],
    ['in capitals, with Windows line ends', 'a==1\r\nFlyte===2.0.5\r\n', [IGNORES]],
    ['with a comment', 'flyte==2.0.5  # old\n', [IGNORES]],
    ['a comment alone', '# flyte==2.0.5\n', []],
    ['a range', 'flyte>=2.0.5\nflyte~=2.0.5\nflyte<2.0.5\n', []],
    ['a wildcard', 'flyte==2.0.*\n', []],
    ['another package', 'flytekit==2.0.5\nflyte-sdk==2.0.5\nmy-flyte==2.0.5\nflyteplugins-union==2.0.5\n', []],
    ['no version', 'flyte\nflyte==\n', []],
    ['nothing', '', []],
  ])('%s', (_name, text, expected) => {
    expect(codes('requirements.txt', text)).toEqual(expected);
  });
});

describe('locks and projects', () => {
  it.each<[string, string, string[]]>([
    [
      'uv.lock',
      'version = 1\n\n[[package]]\nname = "flyte"\nversion = "2.1.9"\nsource = { registry = "x" }\n',
      [HANGS],
    ],
    ['poetry.lock', '[[package]]\nname = "flyte"\nversion = "2.0.5"\ndescription = ""\n', [IGNORES]],
    ['pdm.lock', '[[package]]\r\nname = "flyte"\r\nversion = "2.0.5"\r\n', [IGNORES]],
    ['uv.lock', '[[package]]\nname = "flytekit"\nversion = "2.0.5"\n', []],
    ['uv.lock', '[[package]]\nname = "x"\nversion = "1"\ndependencies = [{ name = "flyte" }]\n', []],
    ['Pipfile.lock', '{"default": {"flyte": {"hashes": ["sha256:a"], "version": "==2.1.9"}}}', [HANGS]],
    ['Pipfile.lock', '{"default": {"flytekit": {"version": "==2.1.9"}, "flyte": {"version": "==2.6.5"}}}', []],
    ['Pipfile.lock', '{"develop": {"flyte": {"version": "==2.0.5"}}, "default": {"flyte": {}}}', [IGNORES]],
    ['Pipfile.lock', '{"default": {"flyte": {"version": "*"}}, "develop": []}', []],
    ['Pipfile.lock', 'no JSON', []],
    ['pyproject.toml', '[project]\ndependencies = ["httpx", "flyte==2.0.5"]\n', [IGNORES]],
    ['pyproject.toml', 'dependencies = [\n  \'flyte[aiosqlite]==2.1.9; sys_platform == "linux"\',\n]\n', [HANGS]],
    ['pyproject.toml', '[tool.poetry.dependencies]\nflyte = "2.0.5"\n', [IGNORES]],
    ['pyproject.toml', '[tool.poetry.dependencies]\nflyte = { extras = ["x"], version = "==2.1.9" }\n', [HANGS]],
    ['pyproject.toml', '[tool.poetry.dependencies]\nflyte = "^2.0.5"\n', []],
    ['pyproject.toml', 'dependencies = ["flyte>=2.0.5", "flyte==2.0.*"]\n', []],
  ])('%s %#', (path, text, expected) => {
    expect(codes(path, text)).toEqual(expected);
  });

  it('says each place once', () => {
    const findings = checkPinnedVersion([
      { path: 'requirements.txt', text: 'flyte==2.0.5\nflyte==2.0.5\n' },
      { path: 'uv.lock', text: 'name = "flyte"\nversion = "2.0.6"\n' },
    ]);
    expect(findings).toEqual([
      { code: IGNORES, severity: 'warning', detail: 'requirements.txt pins flyte 2.0.5, uv.lock pins flyte 2.0.6.' },
    ]);
  });
});

it.each([
  ['requirements.txt', true],
  ['requirements-dev.txt', true],
  ['requirements.prod.txt', true],
  ['uv.lock', true],
  ['poetry.lock', true],
  ['pdm.lock', true],
  ['Pipfile.lock', true],
  ['pyproject.toml', true],
  ['package-lock.json', false],
  ['my-requirements.txt', false],
  ['requirements', false],
])('%s is looked at: %s', (name, expected) => {
  expect(isPinningFile(name)).toBe(expected);
});

it('reads a large file in no time', () => {
  const hostile = [
    'flyte'.repeat(200_000),
    `flyte${' '.repeat(500_000)}`,
    '"flyte": {'.repeat(100_000),
    '"flyte['.repeat(150_000),
  ];
  const start = performance.now();
  for (const text of hostile) {
    for (const path of ['requirements.txt', 'uv.lock', 'Pipfile.lock', 'pyproject.toml']) {
      expect(codes(path, text)).toEqual([]);
    }
  }
  expect(performance.now() - start).toBeLessThan(5_000);
});
