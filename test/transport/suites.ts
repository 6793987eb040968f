import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where public suites of test data lie beside the repository. They are not part of it, and may be missing. */
export function suitePath(name: string): string | undefined {
  const path = fileURLToPath(new URL(`../../../shared/suites/${name}`, import.meta.url));
  if (existsSync(path)) {
    return path;
  }
  console.log(`Not tested with ${name}: it is not there.`);
  return undefined;
}

/** A JSON file of the suites; undefined, with one line that says so, where it is missing. */
export function readSuite<Content>(name: string): Content | undefined {
  const path = suitePath(name);
  return path === undefined ? undefined : (JSON.parse(readFileSync(path, 'utf8')) as Content);
}

/** A recording of test/recordings. */
export function readRecording<Content>(name: string): Content {
  return JSON.parse(readFileSync(new URL(`../recordings/${name}`, import.meta.url), 'utf8')) as Content;
}
