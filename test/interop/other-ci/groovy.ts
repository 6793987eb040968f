import assert from 'node:assert/strict';
import { cpSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Workbench } from '../suite.ts';
import { mavenFile, need, run } from '../tools.ts';

const JENKINS = path.join(import.meta.dirname, '../../../workflows/jenkins');

/**
 * The files for Jenkins through the compiler of Groovy. What their steps are is Jenkins' own: its declarative linter
 * needs a server.
 */
export async function proveGroovyFiles(bench: Workbench, version: string): Promise<void> {
  await need('java');
  const compiler = await mavenFile(bench.cache, `org.apache.groovy:groovy:${version}`, 'groovy.jar');
  const row = bench.counterpart('Groovy compiler', version);
  const compile = async (name: string, source: (file: string) => void) => {
    const file = path.join(bench.temporary, `${name.replace(/\W/g, '_')}.groovy`);
    source(file);
    const tool = 'org.codehaus.groovy.tools.FileSystemCompiler';
    const ended = await run('java', ['-cp', compiler, tool, '-d', path.join(bench.temporary, 'classes'), file]);
    return { exitCode: ended.exitCode, text: `${ended.stdout}${ended.stderr}` };
  };
  const files = readdirSync(JENKINS, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(?:groovy|Jenkinsfile)$/.test(name),
  );
  for (const name of files) {
    await row.case(name, async () => {
      const { exitCode, text } = await compile(name, (file) => cpSync(path.join(JENKINS, name), file));
      assert.equal(exitCode, 0, text);
    });
  }
  await row.case('it finds what is wrong on purpose', async () => {
    const { exitCode, text } = await compile('bad', (file) =>
      writeFileSync(file, "pipeline { agent any\n  stages { sh 'x' \n"),
    );
    assert.notEqual(exitCode, 0);
    assert.match(text, /Missing|Unexpected|expecting/i);
  });
}
