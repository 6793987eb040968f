import type { FindingCode } from '../../src/catalogue.ts';

/** Findings that no run of the action can make, and why. */
export const UNREACHED: Partial<Record<FindingCode, string>> = {
  'key/empty': 'The action says event/secret-not-set, with the reason, before it looks at the key.',
};
