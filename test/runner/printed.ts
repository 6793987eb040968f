/** The commands that our actions print; any other is not theirs. */
export const OWN_COMMANDS: readonly string[] = ['add-mask', 'group', 'endgroup', 'error', 'warning'];

/**
 * What every process of the machine, and the runner's own debug log, could read of an output beside its masks. By line
 * feeds, as the runner has it: for a pattern U+2028 would end a line too.
 */
export function withoutMasks(stdout: string): string {
  return stdout
    .split('\n')
    .filter((line) => !line.startsWith('::add-mask::'))
    .join('\n');
}
