import { describe, expect, it } from 'vitest';
import { mapSome } from '../../src/transport/map-some.ts';

describe('some at once', () => {
  it('gives the results in the order of the items, whichever is done first', async () => {
    const done: number[] = [];
    const results = await mapSome([3, 1, 2], 3, async (item) => {
      for (let turn = 0; turn < item; turn += 1) {
        await Promise.resolve();
      }
      done.push(item);
      return item * 10;
    });
    expect(done).toEqual([1, 2, 3]);
    expect(results).toEqual([30, 10, 20]);
  });

  it.each([
    [1, 1],
    [3, 3],
    [100, 7],
  ])('with %i allowed and 7 items, %i are at work', async (atOnce, expected) => {
    let working = 0;
    let most = 0;
    const seen: number[] = [];
    await mapSome([0, 1, 2, 3, 4, 5, 6], atOnce, async (item) => {
      seen.push(item);
      working += 1;
      most = Math.max(most, working);
      await new Promise((resolve) => setImmediate(resolve));
      working -= 1;
    });
    expect(most).toBe(expected);
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('does nothing with no items', async () => {
    expect(await mapSome([], 5, async () => expect.unreachable())).toEqual([]);
  });

  it('fails as the first that fails', async () => {
    const outcome = mapSome(['a', 'b'], 1, async (item) => {
      throw new Error(item);
    });
    await expect(outcome).rejects.toThrow('a');
  });
});
