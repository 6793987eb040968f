import {
  type AuthenticateOptions,
  authenticate,
  describeFinding,
  explain,
  inspectApiKey,
  judgeToken,
} from 'union-auth';

/** Tests the key before a deploy. Returns it, or throws with the one cause and its fix. */
export async function testedKey(apiKey: string, options: Partial<AuthenticateOptions> = {}): Promise<string> {
  const tested = await authenticate(
    { credentials: { apiKey }, allowedAudience: ['https://union.example.com'], ...options },
    // Told every form of every secret before anything is sent: here for the log of GitHub Actions.
    { mask: (form) => console.log(`::add-mask::${form}`) },
  );
  if (tested.apiKey === undefined) {
    const { cause } = tested.report;
    const { title, fix } = cause === undefined ? { title: 'There is no key', fix: '' } : describeFinding(cause);
    throw new Error(`${title}. ${cause?.detail ?? ''} ${fix}`.trim());
  }
  return tested.apiKey;
}

/** What is wrong with the shape of a key; nothing is sent. */
export function faultsOf(apiKey: string): string[] {
  return inspectApiKey(apiKey).findings.map((finding) => `${finding.code}: ${describeFinding(finding).fix}`);
}

/** Whether the control plane would accept a token, and what a client would read where it does not. */
export async function verdictOn(token: string, keySet: object): Promise<string> {
  const allowedAudience = ['https://union.example.com'];
  const { decision, serverError } = await judgeToken({ token, keySet, allowedAudience });
  return decision === 'accept' ? 'accepted' : serverError;
}

/** What an error text of a client or of a provider means. */
export function fixOf(text: string): string {
  const explained = explain(text);
  return typeof explained === 'string' ? explained : explained.finding.fix;
}
