import { type Finding, findingsOf } from '../findings/finding.ts';
import { isJsonObject, jsonObject, member, stringMember } from '../transport/json.ts';

export const VERSION_FINDINGS = {
  'client/version-ignores-key': {
    title: 'The pinned flyte ignores FLYTE_API_KEY',
    cause: 'Up to 2.0.9 flyte reads the key only where it finds no config file, and before 2.0.0 never.',
    fix: 'Pin flyte 2.3.9 or later.',
    severity: 'warning',
  },
  'client/version-can-hang': {
    title: 'The pinned flyte can wait for a browser',
    cause:
      'From 2.1.8 to 2.3.8 flyte forgets the key where the deployment sends an upload to another address, and opens a browser without any time limit.',
    fix: 'Pin flyte 2.3.9 or later. Until then give the job timeout-minutes.',
    severity: 'warning',
  },
} as const;

const versionFinding = findingsOf(VERSION_FINDINGS);

/** A file of the workspace that can pin a version, by its name. */
export interface PinningFile {
  readonly path: string;
  readonly text: string;
}

/** The files that are looked at, in the root of the workspace. */
export function isPinningFile(name: string): boolean {
  return /^(requirements[\w.-]*\.txt|uv\.lock|poetry\.lock|pdm\.lock|Pipfile\.lock|pyproject\.toml)$/.test(name);
}

/** Versions of flyte that would not sign in with the key. Source: flyteorg/flyte-sdk pull requests 808, 959 and 1000. */
export function checkPinnedVersion(files: readonly PinningFile[]): Finding<keyof typeof VERSION_FINDINGS>[] {
  const pins = files.flatMap(({ path, text }) => pinsIn(path, text).map((version) => ({ path, version })));
  const find = (code: keyof typeof VERSION_FINDINGS, isMeant: (version: readonly number[]) => boolean) => {
    const found = pins.filter(({ version }) => isMeant(numbersOf(version)));
    const places = [...new Set(found.map(({ path, version }) => `${path} pins flyte ${version}`))];
    return places.length === 0 ? [] : [versionFinding(code, `${places.join(', ')}.`)];
  };
  return [
    ...find('client/version-ignores-key', (version) => compare(version, [2, 0, 9]) <= 0),
    ...find(
      'client/version-can-hang',
      (version) => compare(version, [2, 1, 8]) >= 0 && compare(version, [2, 3, 8]) <= 0,
    ),
  ];
}

/** A version that is a version: no range and no wildcard. */
const VERSION = String.raw`(\d+(?:\.\d+){0,4}[0-9A-Za-z.+-]{0,40})(?![\w.*+-])`;
/** PEP 508, as far as it pins: extras, == or ===, and a version. */
const REQUIREMENT = String.raw`flyte[ \t]{0,9}(?:\[[\w., -]{0,200}\])?[ \t]{0,9}={2,3}[ \t]{0,9}${VERSION}`;

const IN_REQUIREMENTS = new RegExp(`^[ \\t]*${REQUIREMENT}`, 'gim');
/** A package in the locks of uv, Poetry and PDM: its version stands in the line below its name. */
const IN_LOCK = new RegExp(`^name = "flyte"\\r?\\nversion = "${VERSION}"`, 'gm');
const PINNED = new RegExp(`^==${VERSION}$`);
const IN_PROJECT = [
  new RegExp(`["']${REQUIREMENT}`, 'gi'),
  // Poetry takes a bare version for an exact one.
  new RegExp(
    `^flyte[ \\t]{0,9}=[ \\t]{0,9}(?:\\{[^}\\n]{0,200}?version[ \\t]{0,9}=[ \\t]{0,9})?["'](?:==)?${VERSION}`,
    'gm',
  ),
];

function pinsIn(path: string, text: string): string[] {
  if (path === 'Pipfile.lock') {
    return pinsInPipfile(text);
  }
  const patterns = path.endsWith('.lock') ? [IN_LOCK] : path === 'pyproject.toml' ? IN_PROJECT : [IN_REQUIREMENTS];
  return patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, version = '']) => version));
}

function pinsInPipfile(text: string): string[] {
  const lock = jsonObject(Buffer.from(text)) ?? {};
  return ['default', 'develop'].flatMap((group) => {
    const packages = member(lock, group);
    const entry = isJsonObject(packages) ? member(packages, 'flyte') : undefined;
    const version = isJsonObject(entry) ? stringMember(entry, 'version') : undefined;
    return PINNED.exec(version ?? '')?.[1] ?? [];
  });
}

function numbersOf(version: string): number[] {
  return [0, 1, 2].map((index) => Number.parseInt(version.split('.')[index] ?? '0', 10) || 0);
}

function compare(left: readonly number[], right: readonly number[]): number {
  const index = left.findIndex((number, place) => number !== right[place]);
  return index === -1 ? 0 : (left[index] ?? 0) - (right[index] ?? 0);
}
