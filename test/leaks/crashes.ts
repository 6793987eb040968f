import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import { CATALOGUE } from '../../src/catalogue.ts';
import { runStep, type StepResult } from '../runner/action-runner.ts';
import { OWN_COMMANDS } from '../runner/printed.ts';
import { foreignCommands, leaksIn } from './judge.ts';
import { type LeakLab, placesOf } from './spawned.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const SECRET = 'Zq7~kWm-4Vx_9Tb.Rn2-a-secret-that-a-crash-carries';
const TOKEN = 'ghs_token-of-the-leak-suite-0123456789';
const REACHED = 'CRASH_REACHED';
const SITE = 'CRASH_AT';
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

interface Program {
  readonly name: string;
  readonly run: (copy: string, environment: Record<string, string>) => Promise<StepResult>;
}

/**
 * Runs each program once for each await that it comes to, which throws there instead of waiting.
 * @param isChosen by the number of a site.
 * @returns how many, and what went wrong
 */
export async function playCrashes(
  lab: LeakLab,
  isChosen: (site: number) => boolean,
): Promise<{ processes: number; faults: string[] }> {
  const copy = await mkdtemp(path.join(tmpdir(), 'crashes-'));
  try {
    makeCopy(copy);
    const { deployment, github } = lab;
    const { provider, domain, clientId, certificateAuthorityPem } = deployment;
    provider.on('POST', provider.paths.token, async () => ({
      body: { access_token: await deployment.signToken(), token_type: 'Bearer', expires_in: 3600, scope: 'all' },
    }));
    const inputs = {
      domain,
      'client-id': clientId,
      'client-secret': SECRET,
      'ca-certificates': certificateAuthorityPem,
      'connect-to': [...deployment.connectTo, github.connectTo].join('\n'),
      retries: '0',
    };
    const reminderInputs = { ...inputs, name: 'crashing', 'github-token': TOKEN, 'rotated-at': '2020-01-01' };
    const programs: Program[] = [
      {
        name: 'main',
        run: (folder, environment) => runStep({ actionDirectory: folder, step: 'main', inputs, environment }),
      },
      {
        name: 'post',
        run: async (folder, environment) => {
          const main = await runStep({ actionDirectory: folder, step: 'main', inputs });
          return await runStep({ actionDirectory: folder, step: 'post', inputs, environment, previous: main });
        },
      },
      {
        name: 'rotation-reminder',
        run: (folder, environment) =>
          runStep({
            actionDirectory: path.join(folder, 'rotation-reminder'),
            step: 'main',
            inputs: reminderInputs,
            environment: { ...environment, GITHUB_API_URL: github.apiUrl },
            eventName: 'schedule',
          }),
      },
    ];
    let processes = 0;
    const faults: string[] = [];
    for (const program of programs) {
      const sites = (await sitesOf(program, copy)).filter(isChosen);
      for (const site of sites) {
        processes += 1;
        const result = await program.run(copy, { [SITE]: String(site), CRASH_SECRET: SECRET, NODE_OPTIONS: REPORTS });
        faults.push(...faultsOf(result).map((fault) => `${program.name}, await ${site}: ${fault}`));
        await result.cleanUp();
      }
    }
    return { processes, faults };
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/** The sites that a run comes to where nothing is thrown. */
async function sitesOf({ name, run }: Program, copy: string): Promise<number[]> {
  const file = path.join(copy, `${name}-reached.txt`);
  writeFileSync(file, '');
  const result = await run(copy, { [REACHED]: file });
  await result.cleanUp();
  const sites = readFileSync(file, 'utf8').split('\n').filter(Boolean).map(Number);
  if (sites.length === 0) {
    throw new Error(`${name} came to no await: ${result.log}`);
  }
  return sites;
}

/** However a step is broken off, it says so once, exports nothing, and gives nothing away. One that goes on is as usual. */
function faultsOf(result: StepResult): string[] {
  const annotated = result.annotations.filter(({ level }) => level === 'error');
  const errors = annotated.length;
  const codes = annotated.map(({ message }) => message.split(': ', 1)[0] ?? '');
  return [
    ...codes.filter((code) => !Object.hasOwn(CATALOGUE, code)).map((code) => `the unknown code ${code}`),
    ...leaksIn(placesOf(result), [SECRET]),
    ...foreignCommands(result.stdout, OWN_COMMANDS),
    ...(result.stderr === '' ? [] : ['standard error']),
    ...(errors === (result.exitCode === 0 ? 0 : 1)
      ? []
      : [`${errors} annotations of errors, exit code ${result.exitCode}`]),
    ...(result.exitCode !== 0 && Object.keys(result.exportedEnvironment).length > 0 ? ['something is exported'] : []),
    ...(result.hasTimedOut ? ['it did not end'] : []),
  ];
}

/** The actions with every await of dist/ numbered, in the order of the files. */
function makeCopy(copy: string): void {
  cpSync(path.join(ROOT, 'action.yml'), path.join(copy, 'action.yml'));
  mkdirSync(path.join(copy, 'rotation-reminder'));
  cpSync(path.join(ROOT, 'rotation-reminder/action.yml'), path.join(copy, 'rotation-reminder/action.yml'));
  cpSync(path.join(ROOT, 'dist'), path.join(copy, 'dist'), { recursive: true });
  let sites = 0;
  for (const program of ['main', 'post', 'rotation-reminder']) {
    const folder = path.join(copy, 'dist', program);
    for (const file of readdirSync(folder)
      .filter((name) => name.endsWith('.js'))
      .sort()) {
      const target = path.join(folder, file);
      const numbered = numberAwaits(readFileSync(target, 'utf8'), () => sites++);
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
