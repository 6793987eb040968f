import { Document, isMap, isScalar, type Scalar } from 'yaml';
import type { Finding } from '../../findings/finding.ts';
import type { RenderFindingCode } from './render-findings.ts';

/** What is rendered: one YAML document, for one file or one `kubectl apply`. */
export interface RenderedDocument {
  /** What it is for, as `control plane` or the name of a secret. */
  readonly title: string;
  readonly yaml: string;
}

export interface Rendered<Code extends string = RenderFindingCode> {
  /** Those that could be written; none of them is half a document. */
  readonly documents: readonly RenderedDocument[];
  readonly findings: readonly Finding<Code>[];
}

/** A value of YAML that is written. Members that are undefined are left out. */
export type Tree = string | boolean | null | readonly Tree[] | { readonly [key: string]: Tree | undefined };

/** What is said above a key, by the path to it with dots between. */
export type Remarks = Readonly<Record<string, string>>;

/**
 * Texts stand in double quotes, as JSON writes them: Helm and kubectl read YAML 1.1, in which a plain `no`, `1_000`
 * or `12e5` is no text.
 */
export function yamlText(heading: string, tree: Tree, remarks: Remarks = {}): string {
  const document = new Document(tree);
  document.commentBefore = comment(heading);
  for (const [path, remark] of Object.entries(remarks)) {
    keyAt(document, path.split('.')).commentBefore = comment(remark);
  }
  return document.toString({
    lineWidth: 0,
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'PLAIN',
    doubleQuotedAsJSON: true,
  });
}

/** All of them in one text, as kubectl reads it. */
export function joinDocuments(documents: readonly RenderedDocument[]): string {
  return documents.map(({ yaml }) => yaml).join('---\n');
}

function keyAt(document: Document, path: readonly string[]): Scalar {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const key = isMap(parent)
    ? parent.items.map((pair) => pair.key).find((candidate) => isScalar(candidate) && candidate.value === path.at(-1))
    : undefined;
  if (!isScalar(key)) {
    throw new Error(`A remark stands at ${path.join('.')}, where nothing is.`);
  }
  return key;
}

function comment(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : ` ${line}`))
    .join('\n');
}
