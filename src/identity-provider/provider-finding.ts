import type { Finding, Severity } from '../findings/finding.ts';

/** Makes a finding of one provider; an error, unless the rule that makes it knows better. */
export function providerFinding<Code extends string>(
  code: Code,
  detail: string,
  options: { severity?: Severity; evidence?: Readonly<Record<string, string>> } = {},
): Finding<Code> {
  const { severity = 'error', evidence } = options;
  return { code, severity, detail, ...(evidence && { evidence }) };
}
