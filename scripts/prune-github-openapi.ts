/*
 * Makes test/lab/github/openapi.json, the part of GitHub's OpenAPI description that the lab's GitHub is checked
 * against, as JSON Schema. The whole description is too large to depend on:
 *   npm pack @octokit/openapi@23.0.2 && tar xzf octokit-openapi-*.tgz
 *   node scripts/prune-github-openapi.ts package/generated/api.github.com.json
 *   npx biome format --write test/lab/github/openapi.json
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const TARGET = join(import.meta.dirname, '../test/lab/github/openapi.json');
const SOURCE = '@octokit/openapi 23.0.2, MIT License, Copyright (c) 2020 GitHub, Inc.';
const REPOSITORY = '/repos/{owner}/{repo}';
const ENVIRONMENT = `${REPOSITORY}/environments/{environment_name}`;
const USED = [
  ...['/rate_limit', '/user', REPOSITORY, `${REPOSITORY}/environments`, ENVIRONMENT],
  ...below(`${REPOSITORY}/issues`, ['', '/{issue_number}', '/{issue_number}/comments', '/comments/{comment_id}']),
  ...below(`${REPOSITORY}/issues/{issue_number}`, ['/labels', '/labels/{name}', '/assignees']),
  ...below(REPOSITORY, ['/labels', '/labels/{name}', '/assignees', '/assignees/{assignee}']),
  ...[`${REPOSITORY}/actions`, ENVIRONMENT, '/orgs/{org}/actions'].flatMap((place) => [
    ...below(`${place}/secrets`, ['', '/public-key', '/{secret_name}']),
    ...below(`${place}/variables`, ['', '/{name}']),
  ]),
  `${REPOSITORY}/actions/organization-secrets`,
  '/orgs/{org}/actions/secrets/{secret_name}/repositories',
  `${REPOSITORY}/actions/workflows`,
  ...below(`${REPOSITORY}/actions/workflows/{workflow_id}`, ['', '/runs', '/enable', '/disable', '/dispatches']),
];
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
/** Nobody here changes these. */
const READ_ONLY = new Set(['/user', REPOSITORY, ENVIRONMENT]);
/** Texts for readers, and what OpenAPI adds to JSON Schema. */
const LEFT_OUT = new Set([
  'description',
  'example',
  'examples',
  'externalDocs',
  'deprecated',
  'title',
  'x-github',
  'x-github-breaking-changes',
  'x-multi-segment',
  'readOnly',
  'nullable',
]);

type Schema = Record<string, unknown>;

const document = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Schema;
const schemas: Record<string, unknown> = {};
const routes: Record<string, unknown> = {};
for (const path of USED) {
  for (const method of READ_ONLY.has(path) ? ['get'] : METHODS) {
    const operation = at(document, ['paths', path, method]);
    if (isSchema(operation)) {
      routes[`${method.toUpperCase()} ${path}`] = pruneOperation(operation);
    }
  }
}
writeFileSync(TARGET, `${JSON.stringify({ source: SOURCE, routes, schemas })}\n`);
console.log(`${Object.keys(routes).length} routes, ${Object.keys(schemas).length} schemas.`);

function below(base: string, parts: readonly string[]): string[] {
  return parts.map((part) => base + part);
}

function pruneOperation(operation: Schema): Schema {
  const parameters = (Array.isArray(operation['parameters']) ? operation['parameters'] : []).map(resolved);
  const query = parameters.filter((parameter) => parameter['in'] === 'query');
  const body = at(resolved(operation['requestBody'] ?? {}), ['content', 'application/json', 'schema']);
  const responses = Object.entries(operation['responses'] as Schema).map(([status, response]) => [
    status,
    pruned(at(resolved(response), ['content', 'application/json', 'schema']) ?? null),
  ]);
  return {
    query: Object.fromEntries(query.map((parameter) => [String(parameter['name']), pruned(parameter['schema'])])),
    ...(body !== undefined && { body: pruned(body) }),
    responses: Object.fromEntries(responses) as Schema,
  };
}

/** As JSON Schema writes it, with what it refers to gathered in `schemas`. */
function pruned(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(pruned);
  }
  if (!isSchema(value)) {
    return value;
  }
  const reference = value['$ref'];
  if (typeof reference === 'string') {
    const name = reference.split('/').at(-1) ?? '';
    if (!(name in schemas)) {
      schemas[name] = true;
      schemas[name] = pruned(at(document, ['components', 'schemas', name]));
    }
    return { $ref: `#/schemas/${name}` };
  }
  const kept = Object.entries(value).filter(([key]) => !LEFT_OUT.has(key));
  const schema = Object.fromEntries(
    kept.map(([key, inner]) => [key, key === 'properties' ? members(inner) : pruned(inner)]),
  );
  return value['nullable'] === true ? { anyOf: [schema, { type: 'null' }] } : schema;
}

/** A property may have the name of a keyword. */
function members(properties: unknown): unknown {
  return Object.fromEntries(Object.entries(properties as Schema).map(([name, schema]) => [name, pruned(schema)]));
}

function resolved(value: unknown): Schema {
  const reference = isSchema(value) ? value['$ref'] : undefined;
  return (typeof reference === 'string' ? at(document, reference.split('/').slice(1)) : value) as Schema;
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => (isSchema(inner) ? inner[name] : undefined), value);
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
