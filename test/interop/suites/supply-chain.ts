import assert from 'node:assert/strict';
import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import type { Suite, Workbench } from '../suite.ts';
import { goToolOfModule, listedFiles, need, npmPackage, readJson, run } from '../tools.ts';

const ROOT = path.join(import.meta.dirname, '../../..');
const SCORECARD = path.join(ROOT, 'test/interop/scorecard');
/** Only its schemas are used: test/structure has the rest. */
const CYCLONEDX = '10.3.0';

/** Those of Scorecard that judge files alone. Fuzzing asks OSS-Fuzz first: test/structure has the rule for files. */
const FILE_CHECKS = [
  'Binary-Artifacts',
  'Dangerous-Workflow',
  'Dependency-Update-Tool',
  'License',
  'Packaging',
  'Pinned-Dependencies',
  'SAST',
  'Security-Policy',
  'Token-Permissions',
];

/** What Scorecard says of a check that stays below 10, where we know better. */
const KNOWN: Readonly<Record<string, { warning: RegExp; holds: () => boolean; why: string }>> = {
  License: {
    warning: /^Warn: project license file does not contain an FSF or OSI license/,
    holds: () => readFileSync(path.join(ROOT, 'LICENSE'), 'utf8').includes('Apache License\n'),
    why: 'of a folder on this machine it reads the names of files alone; on GitHub it asks for the licence',
  },
  'Pinned-Dependencies': {
    warning: /^Warn: third-party GitHubAction not pinned by hash: (\.github\/workflows\/[\w-]+\.yml):(\d+)/,
    holds: () => true,
    why: 'this repository itself, by the tag v1, which a commit of it can not name by its own hash',
  },
};

interface Check {
  readonly name: string;
  readonly score: number;
  readonly reason: string;
  readonly details: readonly string[] | null;
}

export const suite: Suite = {
  name: 'supply-chain',
  title: 'OpenSSF Scorecard over the files of this repository, and the schema of CycloneDX over its bill of materials',
  async run(bench) {
    await bench.attempt('OpenSSF Scorecard', () => scorecard(bench));
    await bench.attempt('CycloneDX', () => cycloneDx(bench));
  },
};

async function scorecard(bench: Workbench): Promise<void> {
  await need('git');
  const program = await goToolOfModule(bench.cache, SCORECARD, 'github.com/ossf/scorecard/v5');
  const [, version = ''] = /scorecard\/v5 v(\S+)$/m.exec(readFileSync(path.join(SCORECARD, 'go.mod'), 'utf8')) ?? [];
  const row = bench.counterpart('OpenSSF Scorecard, its checks of files', version);
  const folder = path.join(bench.temporary, 'files');
  for (const file of await listedFiles(ROOT)) {
    cpSync(path.join(ROOT, file), path.join(folder, file));
  }
  for (const name of FILE_CHECKS) {
    await row.case(name, async () => {
      const args = ['--local', folder, '--format', 'json', '--show-details', '--checks', name];
      const { stdout, stderr } = await run(program, args);
      const [check] = stdout === '' ? [] : (JSON.parse(stdout) as { checks: Check[] }).checks;
      assert.ok(check !== undefined, stderr.trim().slice(-300));
      const known = check.score === 10 ? undefined : knownWarnings(check, folder);
      assert.ok(check.score === 10 || known !== undefined, `${check.score}: ${(check.details ?? []).join('; ')}`);
      if (known !== undefined) {
        row.note(`${name} has ${check.score}: ${known}`);
      }
    });
  }
}

/** @returns why the score stands, or undefined where there is any other warning. */
function knownWarnings({ name, details }: Check, folder: string): string | undefined {
  const known = KNOWN[name];
  const warnings = (details ?? []).filter((detail) => detail.startsWith('Warn: '));
  const isKnown = (warning: string): boolean => {
    const [found, file, line] = known?.warning.exec(warning) ?? [];
    return found !== undefined && (file === undefined || namesItself(path.join(folder, file), Number(line)));
  };
  return known?.holds() === true && warnings.length > 0 && warnings.every(isKnown) ? known.why : undefined;
}

function namesItself(file: string, line: number): boolean {
  const text = readFileSync(file, 'utf8').split('\n')[line - 1] ?? '';
  return /uses: org\/union-auth-action(\/[\w-]+)?@v1 # zizmor: ignore\[unpinned-uses\]/.test(text);
}

async function cycloneDx(bench: Workbench): Promise<void> {
  const library = await npmPackage(bench.cache, '@cyclonedx/cyclonedx-library', CYCLONEDX);
  const schemas = path.join(library, 'res/schema');
  const row = bench.counterpart('CycloneDX, schema 1.6', `cyclonedx-library ${CYCLONEDX}`);
  // Neither is known to ajv-formats.
  const formats = { 'iri-reference': true, 'idn-email': true } as const;
  const ajv = new Ajv({ strict: false, allErrors: true, formats });
  addFormats.default(ajv);
  for (const name of ['spdx', 'jsf-0.82']) {
    const file = `${name}.SNAPSHOT.schema.json`;
    // By the name that the other schema calls it by, beside itself.
    ajv.addSchema((await readJson(path.join(schemas, file))) as object, `http://cyclonedx.org/schema/${file}`);
  }
  const validate = ajv.compile((await readJson(path.join(schemas, 'bom-1.6.SNAPSHOT.schema.json'))) as object);
  const bill = (await readJson(path.join(ROOT, 'sbom.cdx.json'))) as Record<string, unknown>;
  await row.case('sbom.cdx.json is valid', () => {
    assert.ok(validate(bill), ajv.errorsText(validate.errors));
  });
  await row.case('it finds what is wrong on purpose', () => {
    assert.ok(!validate({ ...bill, components: [{ type: 'librari', name: 'a' }] }));
  });
}
