import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';

const ROOT = path.join(import.meta.dirname, '../..');
const REACHED = 'CRASH_REACHED';
const SITE = 'CRASH_AT';
/** What an error holds that is thrown at an await. */
export const CRASH_SECRET = 'Zq7~kWm-4Vx_9Tb.Rn2-a-secret-that-a-crash-carries';
/** With these Node would leave a file beside the step that holds its whole environment. */
const REPORTS = '--report-uncaught-exception --report-on-fatalerror --report-on-signal';

/** Throws at the site that is asked for, an error that holds the secret wherever an error can hold something. */
const PRELUDE = `globalThis.__crash ??= (() => {
  const at = Number(process.env.${SITE} ?? -1);
  const file = process.env.${REACHED};
  const { appendFileSync } = process.getBuiltinModule('node:fs');
  const seen = new Set();
  return (site) => {
    if (file !== undefined && !seen.has(site)) { seen.add(site); appendFileSync(file, site + '\\n'); }
    if (site === at) {
      const secret = process.env.CRASH_SECRET;
      const error = new Error('failed with ' + secret, { cause: new Error(secret) });
      throw Object.assign(error, { config: { data: secret, headers: { authorization: secret } }, response: secret });
    }
  };
})();
`;

/** Which of the awaits that a program comes to are played: by their place in the order. */
export type IsChosen = (site: number, index: number) => boolean;

/** In the environment of a program: it throws at this site. */
export function crashingAt(site: number): Record<string, string> {
  return { [SITE]: String(site), CRASH_SECRET, NODE_OPTIONS: REPORTS };
}

/** Does something with a copy of what is built, which can throw at each await. */
export async function withCopy<Result>(use: (copy: string) => Promise<Result>): Promise<Result> {
  const copy = await mkdtemp(path.join(tmpdir(), 'crashes-'));
  try {
    makeCopy(copy);
    return await use(copy);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/** The sites that a run comes to where nothing is thrown, and what came of it. */
export async function sitesOf<Result>(
  name: string,
  copy: string,
  run: (environment: Record<string, string>) => Promise<Result>,
): Promise<{ sites: number[]; result: Result }> {
  const file = path.join(copy, `${name.replaceAll(' ', '-')}-reached.txt`);
  writeFileSync(file, '');
  const result = await run({ [REACHED]: file });
  const sites = readFileSync(file, 'utf8').split('\n').filter(Boolean).map(Number);
  if (sites.length === 0) {
    throw new Error(`${name} came to no await`);
  }
  return { sites, result };
}

/** The actions and the command with every await of dist/ numbered, in the order of the files. */
function makeCopy(copy: string): void {
  cpSync(path.join(ROOT, 'action.yml'), path.join(copy, 'action.yml'));
  mkdirSync(path.join(copy, 'rotation-reminder'));
  cpSync(path.join(ROOT, 'rotation-reminder/action.yml'), path.join(copy, 'rotation-reminder/action.yml'));
  cpSync(path.join(ROOT, 'dist'), path.join(copy, 'dist'), { recursive: true });
  let sites = 0;
  for (const program of ['main', 'post', 'rotation-reminder', 'cli']) {
    const folder = path.join(copy, 'dist', program);
    for (const file of readdirSync(folder)
      .filter((name) => name.endsWith('.js') && name !== 'library.js')
      .sort()) {
      const target = path.join(folder, file);
      const code = readFileSync(target, 'utf8').replace(/^#!.*\n/, '');
      const numbered = numberAwaits(code, () => sites++);
      writeFileSync(target, PRELUDE + numbered);
    }
  }
}

/** `await value` becomes `(__crash(1), await value)`. */
function numberAwaits(code: string, next: () => number): string {
  const number = (context: ts.TransformationContext) => (file: ts.SourceFile) => {
    const { factory } = context;
    const visit = (node: ts.Node): ts.Node => {
      const visited = ts.visitEachChild(node, visit, context);
      if (!ts.isAwaitExpression(visited)) {
        return visited;
      }
      const crash = factory.createCallExpression(factory.createIdentifier('__crash'), undefined, [
        factory.createNumericLiteral(next()),
      ]);
      return factory.createParenthesizedExpression(factory.createComma(crash, visited));
    };
    return ts.visitEachChild(file, visit, context);
  };
  const compilerOptions = { target: ts.ScriptTarget.ES2024, module: ts.ModuleKind.ESNext };
  return ts.transpileModule(code, { compilerOptions, transformers: { before: [number] } }).outputText;
}
