/** How much a finding weighs. Only `error` makes a run fail; `pass` is kept so that the log can say what was checked. */
export type Severity = 'pass' | 'note' | 'warning' | 'error';

/** One thing that was seen. `detail` says what was seen here, without any secret; the rest stands in its definition. */
export interface Finding<Code extends string = string> {
  code: Code;
  severity: Severity;
  detail: string;
  evidence?: Readonly<Record<string, string>>;
  /** Where more is known than its definition can say, as at which provider it was seen. */
  advice?: Advice;
}

/** What takes the place of the cause and the fix of a definition. */
export interface Advice {
  readonly cause?: string;
  readonly fix: string;
}

/** What never changes about a finding, whoever meets it. Text here is constant: annotation titles are not masked. */
export interface FindingDefinition {
  /** One short sentence without a full stop. */
  readonly title: string;
  /** The most likely cause. */
  readonly cause: string;
  /** The exact thing to do. */
  readonly fix: string;
  /** What it weighs where the rule that makes it does not say otherwise. */
  readonly severity: Severity;
  /** True where the same run may pass later with nothing changed. */
  readonly waitingHelps?: boolean;
  /** What people read elsewhere (of a provider, a client, a control plane) when this is the cause, as they would search for it. */
  readonly errorTexts?: readonly string[];
}

export type FindingDefinitions = Readonly<Record<string, FindingDefinition>>;

/** Where docs/findings.md stands for readers of a log. */
const FINDINGS_PAGE = 'https://github.com/org/union-auth-action/blob/v1/docs/findings.md';

/**
 * The definitions of every room that is loaded. A finding is made by a room, so its definition is here whenever there
 * is a finding, and no program carries the texts of rooms that it does not use.
 */
const DEFINITIONS = new Map<string, FindingDefinition>();

/** Takes a room's definitions into those that are known. For findings that are not made by `findingsOf`. */
export function defineFindings(definitions: FindingDefinitions): void {
  for (const [code, definition] of Object.entries(definitions)) {
    DEFINITIONS.set(code, definition);
  }
}

/** What there is to say of a finding that a run made: its definition, and over it what the run knew better. */
export function definitionOf({ code, advice }: Finding): FindingDefinition {
  const definition = DEFINITIONS.get(code);
  if (definition === undefined) {
    throw new Error(`${code} is not defined in any room that is loaded`);
  }
  return { ...definition, ...advice };
}

export function linkOf({ code }: Pick<Finding, 'code'>): string {
  return `${FINDINGS_PAGE}#${anchorOf(code)}`;
}

/** The anchor that GitHub makes of the heading that holds a code: lower case, no slash. */
export function anchorOf(code: string): string {
  return code.replaceAll('/', '');
}

/** Makes a finding of one room. A severity that differs from the usual one is given by the rule that knows why. */
export type MakeFinding<Definitions extends FindingDefinitions> = <Code extends keyof Definitions & string>(
  code: Code,
  detail: string,
  options?: { severity?: Severity; evidence?: Readonly<Record<string, string>> },
) => Finding<Code>;

/**
 * Binds a room's definitions to a function that makes its findings, so that a code can't be misspelled
 * and its usual severity is stated once.
 */
export function findingsOf<const Definitions extends FindingDefinitions>(
  definitions: Definitions,
): MakeFinding<Definitions> {
  defineFindings(definitions);
  return (code, detail, options = {}) => ({
    code,
    severity: options.severity ?? definitions[code]?.severity ?? 'error',
    detail,
    ...(options.evidence ? { evidence: options.evidence } : {}),
  });
}

/** Carries the finding that ends a run up to the place that reports it. Its message holds no secret. */
export class FindingError extends Error {
  override readonly name = 'FindingError';
  readonly finding: Finding;

  constructor(finding: Finding) {
    super(`${finding.code}: ${finding.detail}`);
    this.finding = finding;
  }
}

export function isError(finding: Finding): boolean {
  return finding.severity === 'error';
}
