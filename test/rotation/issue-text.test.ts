import { describe, expect, it } from 'vitest';
import { DAY } from '../../src/rotation/instants.ts';
import { bodyOf, commentOf, type IssueFacts, isOwnTitle, saysTheSame, titleOf } from '../../src/rotation/issue-text.ts';
import {
  END_OF_SECTION,
  type IssueMarker,
  issueMarker,
  readCommentMarker,
  readIssueMarker,
} from '../../src/rotation/marker.ts';

const ROTATED = Date.UTC(2026, 0, 1);
const TOLD = { stage: 'due', broken: '', state: 'open', rotatedAt: ROTATED, isLacking: false } as const;

const FACTS: IssueFacts = {
  key: {
    name: 'production',
    stage: 'due',
    life: { source: 'variable', rotatedAt: ROTATED, isLowerBound: false, dueAt: ROTATED + 90 * DAY },
    broken: '',
  },
  maxAgeDays: 90,
  providerTitle: 'Okta',
  runbook: {
    domain: 'union.example.com',
    clientId: 'ci-app',
    org: '',
    place: { name: 'FLYTE_API_KEY', scope: 'environment', environment: 'production', holds: 'key' },
    repository: 'acme/app',
    variable: 'FLYTE_API_KEY_META',
    system: 'github',
    newSecret: ['Make it.'],
    oldSecret: ['Remove it.'],
    notes: [],
  },
  remarks: [],
  run: 'https://github.com/acme/app/actions/runs/1',
};

function facts(changes: Partial<IssueFacts>): IssueFacts {
  return { ...FACTS, ...changes };
}

function markerOf(body: string): IssueMarker {
  const marker = readIssueMarker(body);
  if (marker === undefined) {
    throw new Error('the body has no marker');
  }
  return marker;
}

describe('the marker', () => {
  it.each(['production', 'a--b', '-->', '<!-- x -->', 'name "quoted" \\ slash', 'ключ', '&lt;'])(
    'finds the key %s again, and ends where it should',
    (name) => {
      const text = issueMarker({ key: name, ...TOLD, rotatedAt: ROTATED, digest: 'd' });
      expect(text.match(/-->/g)).toHaveLength(1);
      expect(text.slice(4, -3)).not.toContain('--');
      expect(markerOf(`before\n${text}\nafter -->`)).toEqual({ key: name, ...TOLD, rotatedAt: ROTATED, digest: 'd' });
    },
  );

  it.each([
    ['no JSON', '<!-- union-auth:rotation-issue {key} -->'],
    [
      'another kind',
      '<!-- union-auth:rotation-comment {"key":"a","state":"open","stage":"due","rotated":"2026-01-01"} -->',
    ],
    [
      'an unknown stage',
      '<!-- union-auth:rotation-issue {"key":"a","state":"open","stage":"later","rotated":"2026-01-01"} -->',
    ],
    ['no date', '<!-- union-auth:rotation-issue {"key":"a","state":"open","stage":"due","rotated":"soon"} -->'],
    ['no end', '<!-- union-auth:rotation-issue {"key":"a","state":"open","stage":"due","rotated":"2026-01-01"}'],
  ])('is none with %s', (_, body) => {
    expect(readIssueMarker(body)).toBeUndefined();
  });

  it('of a comment says what it tells of', () => {
    const text = commentOf('urgent', FACTS);
    expect(readCommentMarker(text)).toEqual({ key: 'production', notice: 'urgent', rotatedAt: ROTATED });
  });
});

describe('the body', () => {
  const first = bodyOf(FACTS, TOLD, undefined);

  it('has the facts and the five steps with the names filled in', () => {
    expect(first.match(/^- \[ \] \*\*\d\. .*\*\*$/gm)).toEqual([
      '- [ ] **1. Make a new client secret, and leave the old one**',
      '- [ ] **2. Build the key with it**',
      '- [ ] **3. Write it to GitHub**',
      '- [ ] **4. Prove it**',
      '- [ ] **5. Remove the old client secret**',
    ]);
    expect(first).toContain('NEW_KEY=$(union-auth key encode --domain union.example.com --client-id ci-app)');
    expect(first).toContain('gh secret set FLYTE_API_KEY --repo acme/app --env production');
    expect(first).toContain('union-auth rotation stamp --repository acme/app --environment production');
    expect(first).toContain('**2026-04-01**');
  });

  it('is not rewritten while it says the same, whatever was ticked or added below', () => {
    const marker = markerOf(first);
    const ticked = `${first.replace('- [ ] **2.', '- [x] **2.')}\nA remark of a person.\n`;
    expect(saysTheSame(marker, ticked, markerOf(bodyOf(FACTS, TOLD, { body: ticked, marker })))).toBe(true);
  });

  it('keeps ticks and remarks when it is rewritten', () => {
    const marker = markerOf(first);
    const ticked = `${first.replace('- [ ] **2.', '- [x] **2.')}\nA remark of a person.\n`;
    const urgent = facts({ key: { ...FACTS.key, stage: 'urgent' } });
    const next = bodyOf(urgent, { ...TOLD, stage: 'urgent' }, { body: ticked, marker });
    expect(saysTheSame(marker, ticked, markerOf(next))).toBe(false);
    expect(next).toContain('- [x] **2. Build');
    expect(next).toContain('- [ ] **1. Make');
    expect(next.endsWith(`${END_OF_SECTION}\n\nA remark of a person.\n`)).toBe(true);
    expect(next.split(END_OF_SECTION)).toHaveLength(2);
  });

  it('begins the next life without ticks', () => {
    const ticked = first.replace('- [ ] **2.', '- [x] **2.');
    const life = { ...FACTS.key.life, rotatedAt: ROTATED + 80 * DAY, dueAt: ROTATED + 170 * DAY };
    const next = bodyOf(facts({ key: { ...FACTS.key, life } }), TOLD, { body: ticked, marker: markerOf(first) });
    expect(next).not.toContain('[x]');
  });

  it('lets no text of others be Markdown, HTML or an end of the section', () => {
    const hostile = `\`x\` | <img src=x> ${END_OF_SECTION} @acme/all [a](https://x)`;
    const text = bodyOf(
      facts({
        key: { ...FACTS.key, broken: 'idp/wrong-secret' },
        broken: { code: 'idp/wrong-secret', title: 'T', detail: hostile, cause: 'C', fix: 'F', link: 'https://l' },
        remarks: [{ code: 'c', title: 'R', detail: hostile, cause: '', fix: '', link: '' }],
        runbook: { ...FACTS.runbook, domain: "x'; rm -rf / #", clientId: 'a`b' },
      }),
      TOLD,
      undefined,
    );
    expect(text.split(END_OF_SECTION)).toHaveLength(2);
    expect(text.replaceAll(/`[^`\n]*`/g, '')).not.toMatch(/<img|@acme|https:\/\/x/);
    expect(text).toContain(`--domain 'x'\\''; rm -rf / #'`);
  });
});

describe('the title', () => {
  it.each([
    ['production', '', 'Rotate the Flyte API key production by 2026-04-01'],
    ['production', 'idp/wrong-secret', 'Mend the Flyte API key production'],
    ['a<b>@c', '', 'Rotate the Flyte API key a b  c by 2026-04-01'],
  ])('of %s, broken by %j, is %s', (name, broken, expected) => {
    const title = titleOf(facts({ key: { ...FACTS.key, name, broken } }));
    expect(title).toBe(expected);
    expect(isOwnTitle(title)).toBe(true);
  });

  it('that somebody chose is not ours', () => {
    expect(isOwnTitle('Q2: rotate keys')).toBe(false);
  });
});

describe('a comment', () => {
  it.each([
    ['due', FACTS, /^\*\*Due\.\*\* The key is due for rotation by 2026-04-01\./m],
    ['due-soon', facts({ key: { ...FACTS.key, stage: 'due-soon' } }), /^\*\*Due soon\.\*\*/m],
    ['closed', facts({ works: true }), /^Done: the key is fresh and works\. It was rotated on 2026-01-01/m],
    ['closed', FACTS, /^Done: the key is fresh\. /m],
  ])('%s', (notice, said, expected) => {
    const text = commentOf(notice, said);
    expect(text).toMatch(expected);
    expect(text).toContain('[The run that found it](https://github.com/acme/app/actions/runs/1)');
  });
});
