import { createHash } from 'node:crypto';
import type { Json } from '../transport/json.ts';
import { isJsonObject, stringMember } from '../transport/json.ts';
import { readInstant, timeOf } from './instants.ts';
import { STAGES, type Stage } from './stage.ts';

/** What the hidden marker of an issue remembers. An issue is found by it, whatever its title and labels are. */
export interface IssueMarker {
  readonly key: string;
  /** What the reminder did last: a closed issue that says `open` was closed by somebody else. */
  readonly state: 'open' | 'closed' | 'duplicate';
  /** The gravest stage of this life that people were told of. */
  readonly stage: Stage;
  /** The finding of a broken key that people were told of. */
  readonly broken: string;
  /** The rotation that this life began with, in milliseconds since 1970. */
  readonly rotatedAt: number;
  /** Whether labels or people were dropped, to be tried again. */
  readonly isLacking: boolean;
  /** Of the text below it, so that it is rewritten only where it changes, whatever people ticked in it. */
  readonly digest: string;
}

/** What the hidden marker of a comment remembers. */
export interface CommentMarker {
  readonly key: string;
  /** A stage, `broken:` and a finding, `closed`, or `duplicate`. */
  readonly notice: string;
  readonly rotatedAt: number;
}

const ISSUE = 'union-auth:rotation-issue';
const COMMENT = 'union-auth:rotation-comment';
/** What the reminder wrote stands before it; what people add below it is kept. */
export const END_OF_SECTION = '<!-- union-auth:rotation-end -->';

export function issueMarker({ rotatedAt, isLacking, ...rest }: IssueMarker): string {
  return hidden(ISSUE, { ...rest, ...(isLacking && { lacking: 'yes' }), rotated: timeOf(rotatedAt) });
}

export function commentMarker({ rotatedAt, ...rest }: CommentMarker): string {
  return hidden(COMMENT, { ...rest, rotated: timeOf(rotatedAt) });
}

export function readIssueMarker(body: string): IssueMarker | undefined {
  const marker = markerIn(body, ISSUE);
  const state = (['open', 'closed', 'duplicate'] as const).find((word) => word === marker?.['state']);
  const stage = STAGES.find((word) => word === marker?.['stage']);
  return (
    marker &&
    state &&
    stage && {
      key: marker.key,
      rotatedAt: marker.rotatedAt,
      state,
      stage,
      broken: marker['broken'] ?? '',
      digest: marker['digest'] ?? '',
      isLacking: marker['lacking'] !== undefined,
    }
  );
}

export function readCommentMarker(body: string): CommentMarker | undefined {
  const marker = markerIn(body, COMMENT);
  return marker?.['notice'] === undefined ? undefined : { ...marker, notice: marker['notice'] };
}

export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

/** No character of a name can end the comment of HTML that hides it. */
function hidden(kind: string, content: object): string {
  return `<!-- ${kind} ${JSON.stringify(content).replace(/[<>&-]/g, escapeCharacter)} -->`;
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function markerIn(
  body: string,
  kind: string,
):
  | ({ key: string; rotatedAt: number } & Partial<
      Record<'state' | 'stage' | 'broken' | 'digest' | 'notice' | 'lacking', string>
    >)
  | undefined {
  const start = body.indexOf(`<!-- ${kind} `);
  const end = body.indexOf(' -->', start);
  if (start < 0 || end < 0) {
    return undefined;
  }
  let content: Json;
  try {
    content = JSON.parse(body.slice(start + kind.length + 6, end)) as Json;
  } catch {
    return undefined;
  }
  const key = isJsonObject(content) ? stringMember(content, 'key') : undefined;
  const rotatedAt = isJsonObject(content) ? readInstant(stringMember(content, 'rotated') ?? '') : 'not-a-date';
  if (!isJsonObject(content) || key === undefined || typeof rotatedAt !== 'number') {
    return undefined;
  }
  const fields = ['state', 'stage', 'broken', 'digest', 'notice', 'lacking'] as const;
  const texts = fields.map((name) => [name, stringMember(content, name)] as const);
  return { key, rotatedAt, ...Object.fromEntries(texts.filter(([, text]) => text !== undefined)) };
}
