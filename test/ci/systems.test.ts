import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shellExports } from '../../src/ci/shell.ts';
import { azureMask, azureVariable, CI_LOGS, detectCi } from '../../src/ci/systems.ts';
import { remoteText } from '../../src/secrecy/remote-text.ts';

describe('detectCi', () => {
  it.each([
    [{ GITHUB_ACTIONS: 'true' }, 'github'],
    [{ GITLAB_CI: 'true' }, 'gitlab'],
    [{ TF_BUILD: 'True' }, 'azure'],
    [{ JENKINS_URL: 'https://ci.example.com/' }, 'jenkins'],
    [{ BUILD_URL: 'https://ci.example.com/job/1/' }, 'jenkins'],
    [{ CI: 'true' }, undefined],
    [{ GITHUB_ACTIONS: 'false', JENKINS_URL: '' }, undefined],
  ])('%j: %s', (environment, system) => {
    expect(detectCi(environment)).toBe(system);
  });
});

describe('the log of a CI system', () => {
  it('has folds in the form of each', () => {
    const group = { title: 'What was checked', lines: ['ok     a', 'FAIL   b'] };
    const body = '  ok     a\n  FAIL   b\n';
    expect(CI_LOGS.github.group(group, 7)).toBe(`::group::What was checked\n${body}::endgroup::\n`);
    expect(CI_LOGS.azure.group(group, 7)).toBe(`##[group]What was checked\n${body}##[endgroup]\n`);
    expect(CI_LOGS.jenkins.group(group, 7)).toBe(`What was checked\n${body}`);
    expect(CI_LOGS.gitlab.group(group, 7)).toBe(
      `\u001b[0Ksection_start:7:union_auth_what_was_checked[collapsed=true]\r\u001b[0KWhat was checked\n${body}\u001b[0Ksection_end:7:union_auth_what_was_checked\r\u001b[0K\n`,
    );
  });

  it('tells of an error where the system lists them', () => {
    expect(CI_LOGS.github.issue?.('error', 'key/quoted', 'a: 5%\nb')).toBe('::error title=key/quoted::a: 5%25%0Ab\n');
    expect(CI_LOGS.azure.issue?.('warning', 'a;b]', '5%\nb')).toBe(
      '##vso[task.logissue type=warning;code=a%3Bb%5D;]5%AZP25%0Ab\n',
    );
  });

  it('takes no command from a text of others that has passed the sanitiser', () => {
    const part = fc.constantFrom(
      '##vso[',
      '##[',
      '::',
      '#',
      '\n',
      '\r',
      '\u001b[0K',
      'section_start:1:x',
      'task.complete]',
      'VSO[',
      ' ',
      'error',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const line = remoteText(parts.join(''));
        // A section begins only behind the control characters that the sanitiser takes away.
        expect(`  x ${line}`).not.toMatch(/##\[|##vso\[|\u001b|\r|\n|::/i);
        expect(`  ${line}`).not.toMatch(/^ +::/);
      }),
      { numRuns: 2_000 },
    );
  });

  it('hands a secret on as Azure Pipelines asks for it', () => {
    expect(azureVariable('FLYTE_API_KEY', 'a%b', true)).toBe(
      '##vso[task.setvariable variable=FLYTE_API_KEY;issecret=true]a%AZP25b\n',
    );
    // A mask of the word true would blank it in the whole log.
    expect(azureVariable('A', 'true', false)).toBe('##vso[task.setvariable variable=A]true\n');
    expect(azureMask('a\nb')).toBe('##vso[task.setsecret]a%0Ab\n');
    // Only some agents turn %AZP25 back.
    expect(azureMask('a%b')).toBe('##vso[task.setsecret]a%AZP25b\n##vso[task.setsecret]a%b\n');
  });
});

describe('shellExports', () => {
  it.skipIf(process.platform === 'win32')('is read by a shell as it was meant, whatever the value', () => {
    const value = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/[\0]/.test(text));
    fc.assert(
      fc.property(value, (text) => {
        const script = `${shellExports({ A_SECRET: text })}printf %s "$A_SECRET"`;
        expect(spawnSync('sh', ['-c', script], { encoding: 'utf8' }).stdout).toBe(text);
      }),
      { numRuns: 60 },
    );
  });
});
