import ts from 'typescript';

/** What stands for a module of Node in what ncc writes, as `CREATE_REQUIRE(import.meta.url)("name")`. */
const CREATE_REQUIRE = '__WEBPACK_EXTERNAL_createRequire';
/** What asks for a module of the bundle, by its number: in the first file of a program and in the others. */
const BUNDLE_REQUIRE = ['__nccwpck_require__', '__webpack_require__'];
/** Names that webpack gives to imports, each after what is imported: none of them can mean anything else. */
const IMPORTED = /^external_|__WEBPACK_IMPORTED_MODULE_/;

/**
 * What ncc writes, made cheap to load: without comments, a tenth of it; in ASCII alone, since one other character makes
 * the engine hold and read all of a file in two bytes each; and with modules of Node taken where they are used, not all
 * of them before the first line runs.
 * @param files the code of one program by file name: what is numbered in one file may be asked for in another.
 */
export function tidy(files: Readonly<Record<string, string>>): Record<string, string> {
  const numbered = new Map<string, string>();
  for (const code of Object.values(files)) {
    ts.forEachChild(ts.createSourceFile('bundle.js', code, ts.ScriptTarget.ES2024), function visit(node): void {
      if (ts.isPropertyAssignment(node) && ts.isNumericLiteral(node.name)) {
        const name = builtinOfModule(node.initializer);
        if (name !== undefined) {
          numbered.set(node.name.text, name);
        }
      }
      ts.forEachChild(node, visit);
    });
  }
  return Object.fromEntries(Object.entries(files).map(([file, code]) => [file, tidyFile(code, numbered)]));
}

function tidyFile(code: string, numbered: ReadonlyMap<string, string>): string {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { target: ts.ScriptTarget.ES2024, module: ts.ModuleKind.ESNext, removeComments: true },
    transformers: { before: [(context) => takeBuiltinsLate(context, numbered)] },
  });
  return outputText.replace(/[^\n -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function takeBuiltinsLate(
  context: ts.TransformationContext,
  numbered: ReadonlyMap<string, string>,
): ts.Transformer<ts.SourceFile> {
  const { factory } = context;
  const names = new Map<string, string>();
  const builtin = (name: string): ts.Expression =>
    factory.createCallExpression(
      factory.createPropertyAccessExpression(factory.createIdentifier('process'), 'getBuiltinModule'),
      undefined,
      [factory.createStringLiteral(name)],
    );
  const visit = (node: ts.Node): ts.Node | undefined => {
    if (ts.isImportDeclaration(node) && isOfModule(node)) {
      return undefined;
    }
    if (ts.isVariableStatement(node)) {
      const [declaration] = node.declarationList.declarations;
      const name = declaration && (builtinIn(declaration.initializer) ?? numberedIn(declaration, numbered));
      if (declaration !== undefined && ts.isIdentifier(declaration.name) && name !== undefined) {
        names.set(declaration.name.text, name);
        return undefined;
      }
    }
    const name = ts.isIdentifier(node) ? names.get(node.text) : builtinIn(node);
    return name === undefined ? ts.visitEachChild(node, visit, context) : builtin(name);
  };
  return (file) => ts.visitEachChild(file, visit, context);
}

/** The import that CREATE_REQUIRE comes from. */
function isOfModule({ moduleSpecifier }: ts.ImportDeclaration): boolean {
  return ts.isStringLiteral(moduleSpecifier) && moduleSpecifier.text === 'module';
}

/** The name in `CREATE_REQUIRE(import.meta.url)("name")`. */
function builtinIn(node: ts.Node | undefined): string | undefined {
  if (node === undefined || !ts.isCallExpression(node) || !ts.isCallExpression(node.expression)) {
    return undefined;
  }
  const [name] = node.arguments;
  const { expression: maker } = node.expression;
  const isRequire = ts.isIdentifier(maker) && maker.text === CREATE_REQUIRE;
  return isRequire && name !== undefined && ts.isStringLiteral(name) ? name.text : undefined;
}

/** The name in `((module) => { module.exports = CREATE_REQUIRE(import.meta.url)("name"); })`. */
function builtinOfModule(node: ts.Expression): string | undefined {
  const factory = ts.isParenthesizedExpression(node) ? node.expression : node;
  if (!ts.isArrowFunction(factory) || !ts.isBlock(factory.body)) {
    return undefined;
  }
  const [statement, ...others] = factory.body.statements;
  const isAlone = statement !== undefined && others.length === 0 && ts.isExpressionStatement(statement);
  return isAlone && ts.isBinaryExpression(statement.expression) ? builtinIn(statement.expression.right) : undefined;
}

/** The name in `external_name = BUNDLE_REQUIRE(number)`. */
function numberedIn(
  { name, initializer }: ts.VariableDeclaration,
  numbered: ReadonlyMap<string, string>,
): string | undefined {
  if (initializer === undefined || !ts.isCallExpression(initializer) || !ts.isIdentifier(name)) {
    return undefined;
  }
  const { expression, arguments: given } = initializer;
  const [number] = given;
  const isRequire = ts.isIdentifier(expression) && BUNDLE_REQUIRE.includes(expression.text);
  const isNumber = number !== undefined && ts.isNumericLiteral(number);
  return isRequire && isNumber && IMPORTED.test(name.text) ? numbered.get(number.text) : undefined;
}
