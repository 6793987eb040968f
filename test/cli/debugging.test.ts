import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { SECRET } from '../e2e/keys.ts';
import { findLeak } from '../runner/leak-oracle.ts';
import { call } from './command-line.ts';

describe.each(['NODE_DEBUG', 'NODE_DEBUG_NATIVE'])('with %s', (variable) => {
  // Node writes the first bytes of what comes on standard input to standard error.
  it.each(COMMANDS.map(({ name }) => name))('%s reads nothing', async (name) => {
    const { status, stdout, stderr } = await call(name.split(' '), SECRET, { [variable]: 'stream' });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(`${variable} is set. Remove it`);
    expect(findLeak(SECRET, stderr)).toBeUndefined();
  });
});
