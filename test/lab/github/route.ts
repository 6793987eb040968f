import type { Answer } from '../answers.ts';
import type { Addresses } from './documents.ts';
import type { RateLimit } from './rate-limit.ts';
import type { SecretBoxes } from './secret-boxes.ts';
import type { Issue, Permission, Repository, Token, World } from './world.ts';

export type Level = 'read' | 'write';

/** What a route is asked with. */
export interface Call {
  readonly world: World;
  /** Issues as lists show them, which may lag behind. */
  readonly listed: (repository: Repository) => readonly Issue[];
  readonly addresses: Addresses;
  readonly token: Token;
  readonly repository: Repository;
  /** Of the path, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  readonly now: number;
  readonly boxes: SecretBoxes;
  readonly rateLimit: RateLimit;
  readonly drops: { readonly labels: boolean; readonly assignees: boolean };
}

export interface Route {
  readonly needs: readonly [Permission, Level];
  /** Whoever sees the repository may do it, as every user of GitHub may open an issue and comment on one. */
  readonly isOpenToUsers?: true;
  readonly run: (call: Call) => Answer;
  /** Its answer is a page of a list, which this is the member of, or the whole. */
  readonly paged?: 'whole' | 'secrets' | 'variables' | 'workflows' | 'workflow_runs' | 'environments' | 'repositories';
}

export type Routes = Readonly<Record<string, Route>>;

export const REPOSITORY = '/repos/{owner}/{repo}';

export function ok(body: object): Answer {
  return { status: 200, body };
}

export function created(body: object): Answer {
  return { status: 201, body };
}

export const DONE: Answer = { status: 204 };

const DOCUMENTATION = 'https://docs.github.com/rest';

export function message(status: number, text: string): Answer {
  return { status, body: { message: text, documentation_url: DOCUMENTATION, status: String(status) } };
}

export function notFound(): Answer {
  return message(404, 'Not Found');
}

export function invalid(resource: string, field: string, code: string, text?: string): Answer {
  const error = { resource, field, code, ...(text !== undefined && { message: text }) };
  return {
    status: 422,
    body: { message: 'Validation Failed', errors: [error], documentation_url: DOCUMENTATION, status: '422' },
  };
}

export function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** The next number after all of a list: nothing is given twice, even where something was taken away. */
export function nextAfter(numbers: readonly number[]): number {
  return numbers.reduce((largest, number) => Math.max(largest, number), 0) + 1;
}
