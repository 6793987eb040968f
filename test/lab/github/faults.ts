import { createHash } from 'node:crypto';
import type { Answer } from '../answers.ts';
import { message } from './route.ts';

/** What goes wrong, once or more often. */
export interface GitHubFault {
  /** The method and the path, as in `POST /repos/octo-org/deployments/issues`. */
  readonly matches: RegExp;
  /** How often; 1 unless it is said. */
  readonly times?: number;
  /** How many that match pass by before. */
  readonly after?: number;
  /** The effect happens, and this is answered all the same. */
  readonly afterEffect?: boolean;
  /** In place of GitHub's own answer, which is given where this is absent. */
  readonly answer?: Answer;
  /** GitHub's own answer comes so much later. */
  readonly delayMs?: number;
  /** Of GitHub's own answer so many bytes come, and then the end of the connection. */
  readonly cutAfterBytes?: number;
  /** What GitHub leaves out without a word in this request. */
  readonly drops?: { readonly labels?: boolean; readonly assignees?: boolean };
}

/** Which faults meet a request: each line is a method and a path. */
export type FaultChooser = (line: string) => Omit<GitHubFault, 'matches' | 'times' | 'after'> | undefined;

export interface FaultQueue {
  /** The first that matches and is not used up is played. */
  readonly faults: GitHubFault[];
  next(line: string): ReturnType<FaultChooser>;
}

export function makeFaultQueue(): FaultQueue {
  const met = new Map<GitHubFault, number>();
  const faults: GitHubFault[] = [];
  return {
    faults,
    next(line) {
      for (const fault of faults) {
        const { matches, after = 0, times = 1 } = fault;
        const count = met.get(fault) ?? 0;
        if (matches.test(line) && count < after + times) {
          met.set(fault, count + 1);
          if (count >= after) {
            return fault;
          }
        }
      }
      return undefined;
    },
  };
}

/**
 * Faults at random, the same for the same seed: what meets the n-th request of a line does not hang on what else arrives
 * in between, so that overlapping runs meet the same ones again.
 * @param share of the requests, 0 to 1, which `choices` are dealt to.
 */
export function randomFaults(seed: string, share: number, choices: readonly GitHubFault[]): FaultChooser {
  const counts = new Map<string, number>();
  return (line) => {
    const count = counts.get(line) ?? 0;
    counts.set(line, count + 1);
    const digest = createHash('sha256').update(`${seed}\n${line}\n${count}`).digest();
    const possible = choices.filter(({ matches }) => matches.test(line));
    const isHit = digest.readUInt32BE(0) / 2 ** 32 < share;
    return isHit ? possible[digest.readUInt32BE(4) % possible.length] : undefined;
  };
}

/** A server error of GitHub, with nothing done. */
export function unavailable(matches: RegExp, status = 502): GitHubFault {
  return { matches, answer: { status, body: { message: 'Server Error' } } };
}

/** It was done, and the answer says nothing of it. */
export function lostAnswer(
  matches: RegExp,
  answer: Answer = { status: 502, body: { message: 'Server Error' } },
): GitHubFault {
  return { matches, afterEffect: true, answer };
}

/** A page for people, as a proxy or a login gives it. */
export function htmlPage(matches: RegExp): GitHubFault {
  const headers = { 'content-type': 'text/html; charset=utf-8' };
  return { matches, answer: { status: 200, headers, body: '<!DOCTYPE html><title>GitHub</title>' } };
}

/** docs.github.com, "Rate limits for the REST API": with and without the seconds to wait. */
export function secondaryLimit(matches: RegExp, retryAfterSeconds?: number): GitHubFault {
  const text =
    'You have exceeded a secondary rate limit. Please wait a few minutes before you try again. For more on scraping GitHub ' +
    'and how it may affect your rights, please review our Terms of Service (https://docs.github.com/en/site-policy).';
  const headers = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  return { matches, answer: { ...message(403, text), headers } };
}
