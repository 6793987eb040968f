/** A folder that is mutated, and the tests that must notice. */
export interface Room {
  readonly name: string;
  readonly source: string;
  readonly tests: string;
  /** Its list of findings: titles, causes and fixes alone, which `npm run check:docs` holds to docs/findings.md. */
  readonly prose?: string;
}

export const ROOMS: readonly Room[] = [
  { name: 'secrecy', source: 'src/secrecy', tests: 'test/secrecy' },
  { name: 'api-key', source: 'src/api-key', tests: 'test/api-key', prose: 'findings.ts' },
  { name: 'transport', source: 'src/transport', tests: 'test/transport', prose: 'findings.ts' },
  {
    name: 'verdict',
    source: 'src/control-plane/verdict',
    tests: 'test/control-plane/verdict',
    prose: 'token-findings.ts',
  },
];

export const LOWEST_SCORE = 90;
