import type { Issue, World } from './world.ts';

type Snapshot = ReadonlyMap<string, readonly Issue[]>;

/** Lists that show a change late. A single issue is always shown as it is. */
export interface ListingLag {
  /** So many requests after a change still do not show it. */
  requests: number;
  /** By the clock of the lab. */
  milliseconds: number;
  /** After a request, or before what a test does by hand. */
  remember(): void;
  listed(repository: { readonly fullName: string; readonly issues: readonly Issue[] }): readonly Issue[];
}

export function makeListingLag({ repositories }: World, served: () => number, now: () => number): ListingLag {
  /** The oldest first; empty as long as nothing ever lagged. */
  const history: { readonly after: number; readonly at: number; readonly issues: Snapshot }[] = [];
  const lag = { requests: 0, milliseconds: 0 };
  /** So far back anybody may still ask. */
  const longest = { ...lag };

  function record(after: number, at: number): void {
    const copies = [...repositories].map(([name, { issues }]) => [name, structuredClone(issues)] as const);
    history.push({ after, at, issues: new Map(copies) });
  }

  function lastBefore({ requests, milliseconds }: typeof lag): number {
    return history.findLastIndex(({ after, at }) => after < served() - requests && at <= now() - milliseconds);
  }

  function set(change: Partial<typeof lag>): void {
    Object.assign(lag, change);
    longest.requests = Math.max(longest.requests, lag.requests);
    longest.milliseconds = Math.max(longest.milliseconds, lag.milliseconds);
    if (history.length === 0) {
      // What is there when lists begin to lag was always there.
      record(Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY);
    }
  }

  return {
    get requests() {
      return lag.requests;
    },
    set requests(requests) {
      set({ requests });
    },
    get milliseconds() {
      return lag.milliseconds;
    },
    set milliseconds(milliseconds) {
      set({ milliseconds });
    },
    remember() {
      if (history.length > 0) {
        record(served(), now());
        history.splice(0, Math.max(0, lastBefore(longest)));
      }
    },
    listed({ fullName, issues }) {
      const isAsItIs = lag.requests === 0 && lag.milliseconds === 0;
      return isAsItIs ? issues : (history[lastBefore(lag)]?.issues.get(fullName.toLowerCase()) ?? []);
    },
  };
}
