import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { RecordedRequest } from '../https-server.ts';

interface Description {
  readonly routes: Readonly<Record<string, RouteDescription>>;
  readonly schemas: Readonly<Record<string, object | boolean>>;
}

interface RouteDescription {
  readonly query: Readonly<Record<string, object>>;
  readonly body?: object;
  /** null where an answer has no body. */
  readonly responses: Readonly<Record<string, object | null>>;
}

/** scripts/prune-github-openapi.ts makes it, and it says where it comes from. */
const DESCRIPTION = JSON.parse(readFileSync(path.join(import.meta.dirname, 'openapi.json'), 'utf8')) as Description;
/** Any answer may have one of these, described or not: they come from what stands before the API, or from its checks. */
const ALWAYS_POSSIBLE = new Set([301, 400, 401, 403, 404, 409, 410, 422, 429, 500, 502, 503]);
const ERROR: object = { $ref: '#/schemas/basic-error', required: ['message', 'documentation_url'] };
const PARAMETER_IN_PATH = /\{\w+\}/g;

const ajv = makeAjv(false);
/** A query has nothing but text. */
const ajvOfQueries = makeAjv(true);
const compiled = new Map<object, ValidateFunction>();

/** What GitHub's description says against a query: nothing where it is right. */
export function queryFaults(route: string, query: URLSearchParams): string[] {
  const described = DESCRIPTION.routes[route]?.query ?? {};
  return [...query].flatMap(([name, value]) => {
    const schema = described[name];
    return schema === undefined
      ? [`${route} has no parameter ${name}`]
      : faultsOf(schema, value, `${route} ?${name}`, ajvOfQueries);
  });
}

/** What GitHub's description says against the body of a request. */
export function bodyFaults(route: string, request: RecordedRequest): string[] {
  const schema = DESCRIPTION.routes[route]?.body;
  const text = request.body.toString('utf8');
  if (text === '') {
    return schema !== undefined && 'required' in schema ? [`${route} has no body`] : [];
  }
  return schema === undefined ? [`${route} takes no body`] : faultsOf(schema, parsed(text), `${route} body`);
}

/** What GitHub's description says against an answer. */
export function responseFaults(route: string, status: number, body: unknown): string[] {
  const schema = DESCRIPTION.routes[route]?.responses[String(status)];
  const where = `${route} ${status}`;
  if (schema === undefined) {
    return ALWAYS_POSSIBLE.has(status)
      ? faultsOf(body === undefined ? {} : ERROR, body, where)
      : [`${route} is never answered with ${status}`];
  }
  if (schema === null) {
    return body === undefined ? [] : [`${where} has no body`];
  }
  return faultsOf(schema, body, where);
}

function makeAjv(coerceTypes: boolean): Ajv {
  const made = new Ajv({ strict: false, allErrors: true, coerceTypes });
  (addFormats as unknown as (instance: Ajv) => void)(made);
  return made.addSchema({ $id: 'github', schemas: DESCRIPTION.schemas });
}

function faultsOf(schema: object, value: unknown, where: string, by = ajv): string[] {
  let validate = compiled.get(schema);
  if (validate === undefined) {
    const content = JSON.stringify(schema).replaceAll('"#/schemas/', '"github#/schemas/');
    validate = by.compile({ type: 'object', properties: { value: JSON.parse(content) as object } });
    compiled.set(schema, validate);
  }
  return validate({ value })
    ? []
    : (validate.errors ?? []).map(
        ({ instancePath, message }) => `${where}${instancePath.replace(/^\/value/, '')} ${message}`,
      );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Which of the described routes a request is for, and what stands in the places of its parameters. */
export function findRoute(
  method: string,
  pathname: string,
): { name: string; parameters: Record<string, string> } | undefined {
  for (const { name, names, pattern } of PATTERNS) {
    const match = pattern.exec(`${method} ${pathname}`);
    if (match !== null) {
      const values = match.slice(1).map((part) => decodeURIComponent(part));
      return { name, parameters: Object.fromEntries(names.map((key, index) => [key, values[index] ?? ''])) };
    }
  }
  return undefined;
}

const PATTERNS = Object.keys(DESCRIPTION.routes)
  // A fixed word goes before a parameter: public-key is no name of a secret.
  .toSorted((left, right) => left.split('{').length - right.split('{').length)
  .map((name) => ({
    name,
    names: (name.match(PARAMETER_IN_PATH) ?? []).map((text) => text.slice(1, -1)),
    pattern: new RegExp(`^${name.replaceAll(PARAMETER_IN_PATH, '([^/]+)')}$`),
  }));
