import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/catalogue.ts';
import { type FindingDefinition, FindingError, findingsOf, isError } from '../../src/findings/finding.ts';

const definitions: [string, FindingDefinition][] = Object.entries(CATALOGUE);

describe('the findings of all rooms', () => {
  it.each(definitions)('%s can be read by a user', (code, { title, cause, fix, severity }) => {
    expect(code).toMatch(/^[a-z-]+(\/[a-z0-9-]+){1,2}$/);
    expect(title).toMatch(/^[A-Za-z][^\n]*[^.\s]$/);
    expect(title.length).toBeLessThanOrEqual(100);
    expect(cause).toMatch(/[.!?]$/);
    expect(fix).toMatch(/[.!?:]$|`$/);
    expect(['pass', 'note', 'warning', 'error']).toContain(severity);
    // Without a placeholder that was never filled.
    expect(`${title}${cause}${fix}`).not.toMatch(/undefined|\[object|NaN|TODO/);
  });

  it('no title stands twice', () => {
    const titles = definitions.map(([, { title }]) => title);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });

  it('no code stands in two rooms: the catalogue would lose one of them', async () => {
    const rooms: Record<string, object>[] = await Promise.all([
      import('../../src/api-key/findings.ts'),
      import('../../src/clients/flyte.ts'),
      import('../../src/clients/flytekit.ts'),
      import('../../src/clients/keyring.ts'),
      import('../../src/clients/pinned-version.ts'),
      import('../../src/clients/union.ts'),
      import('../../src/control-plane/discovery-findings.ts'),
      import('../../src/control-plane/plane-findings.ts'),
      import('../../src/control-plane/verdict/token-findings.ts'),
      import('../../src/deployment/doctor/doctor-findings.ts'),
      import('../../src/deployment/findings.ts'),
      import('../../src/deployment/render/render-findings.ts'),
      import('../../src/github/api-findings.ts'),
      import('../../src/github/client-config.ts'),
      import('../../src/github/client-trust.ts'),
      import('../../src/github/event.ts'),
      import('../../src/github/inputs.ts'),
      import('../../src/github/runner-files.ts'),
      import('../../src/gitlab/findings.ts'),
      import('../../src/identity-provider/findings.ts'),
      import('../../src/identity-provider/providers.ts'),
      import('../../src/identity-provider/secret-records.ts'),
      import('../../src/rotation/findings.ts'),
      import('../../src/transport/findings.ts'),
    ]);
    const codes = rooms.flatMap((room) =>
      Object.entries(room)
        .filter(([name]) => name.endsWith('_FINDINGS'))
        .flatMap(([, findings]) => Object.keys(findings)),
    );
    expect(codes).toHaveLength(definitions.length);
    expect(new Set(codes).size).toBe(codes.length);
  });
});

describe('making a finding', () => {
  const make = findingsOf({ 'a/b': { title: 'T', cause: 'C.', fix: 'F.', severity: 'warning' } });

  it('has the usual severity, or the one of the rule that knows better', () => {
    expect(make('a/b', 'seen')).toEqual({ code: 'a/b', severity: 'warning', detail: 'seen' });
    expect(make('a/b', 'seen', { severity: 'error', evidence: { x: 'y' } })).toEqual({
      code: 'a/b',
      severity: 'error',
      detail: 'seen',
      evidence: { x: 'y' },
    });
  });

  it('an error that carries one says the code and what was seen', () => {
    const error = new FindingError(make('a/b', 'seen', { severity: 'error' }));
    expect(error).toMatchObject({ name: 'FindingError', message: 'a/b: seen' });
    expect(isError(error.finding)).toBe(true);
    expect(isError(make('a/b', 'seen'))).toBe(false);
  });
});
