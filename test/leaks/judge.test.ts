import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StepResult } from '../runner/action-runner.ts';
import { printedForms } from '../runner/printed-forms.ts';
import { makeJobFolders, removeJobFolders } from '../runner/step-folders.ts';
import { seededRandom } from '../secrecy/random-secrets.ts';
import { COMMAND_CASES, COMMANDS, ENCODINGS } from './hostile-text.ts';
import { canBeLookedFor, foreignCharacters, foreignCommands, leaksIn } from './judge.ts';
import { placesOf } from './left-behind.ts';
import { nextSecret } from './secrets.ts';

const SECRET = 'Zq7~kWm-4Vx_9Tb.Rn2';

describe('what the leak suite would find', () => {
  it.each(Object.entries(printedForms(SECRET, { domain: 'union.example.test', clientId: 'ci', org: '' })))(
    'the secret as %s',
    (_name, form) => {
      expect(leaksIn({ log: `before ${form} after`, state: '' }, [SECRET])).toHaveLength(1);
    },
  );

  it('a secret in each place that a step can leave something in', async () => {
    const folders = await makeJobFolders();
    try {
      for (const folder of [folders.workspace, folders.home, folders.runnerTemp]) {
        await writeFile(path.join(folder, 'left.txt'), SECRET);
      }
      const result = {
        stdout: `::add-mask::${SECRET}\n${SECRET}\n`,
        stderr: SECRET,
        rawSummary: SECRET,
        outputs: { 'api-key': '', subject: SECRET },
        state: { restore: SECRET },
        exportedEnvironment: { FLYTE_API_KEY: '', OTHER: SECRET },
        folders,
        workspace: folders.workspace,
        runnerTemp: folders.runnerTemp,
      } as unknown as StepResult;
      const places = placesOf(result);
      const found = leaksIn(places, [SECRET]).map((leak) => leak.split(':', 1)[0]);
      expect(found).toEqual(['stdout', 'stderr', 'summary', 'outputs', 'state', 'exported', 'files']);
      expect(places['files']?.split(SECRET)).toHaveLength(4);
      const clean = { ...result, stdout: `::add-mask::${SECRET}\n` };
      expect(leaksIn({ stdout: placesOf(clean)['stdout'] ?? '' }, [SECRET])).toEqual([]);
    } finally {
      await removeJobFolders(folders);
    }
  });

  it('no secret where there is none', () => {
    expect(leaksIn({ log: 'union.example.test answered 400.' }, [SECRET])).toEqual([]);
  });

  it('a command, also one of a kind that is ours', () => {
    expect(foreignCommands('::set-env name=X::y\n', ['error'])).toEqual(['a command: ::set-env name=X::y']);
    expect(foreignCommands('::error title=foreign::x\n::add-mask::foreign\n', ['error', 'add-mask'])).toHaveLength(2);
    expect(foreignCommands('::error title=Ours::x\n', ['error'])).toEqual([]);
  });

  it('a command in most of the ways to write it, before anything filters them', () => {
    const found = COMMAND_CASES.filter((text) => foreignCommands(text, []).length > 0);
    expect(found.length).toBeGreaterThan(COMMAND_CASES.length / 2);
  });

  it('a character that is no printable ASCII', () => {
    expect(foreignCharacters('a\u001b[0m\u202eb\n')).toEqual(['a character: U+1b', 'a character: U+202e']);
  });
});

describe('the cases', () => {
  it('are 16 commands in 40 encodings and more', () => {
    expect(COMMANDS).toHaveLength(16);
    expect(ENCODINGS.length).toBeGreaterThanOrEqual(40);
    expect(new Set(COMMAND_CASES).size).toBeGreaterThan(16 * 40);
  });

  it('have secrets that can be looked for, for the most part', () => {
    const random = seededRandom(5);
    const secrets = Array.from({ length: 1_000 }, () => nextSecret(random));
    expect(new Set(secrets).size).toBeGreaterThan(900);
    expect(secrets.filter((secret) => canBeLookedFor(secret, [])).length).toBeGreaterThan(700);
  });
});
