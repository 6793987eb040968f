import type { PlannedTrial } from '../../src/identity-provider/identity-provider.ts';

/** What one provider is held to. Every file of providers/ exports one, and all tests of providers read them. */
export interface ProviderCases {
  readonly provider: string;
  /** Addresses that are this provider's. */
  readonly recognised: readonly CaseAddresses[];
  /** Addresses that only look like it. */
  readonly notRecognised: readonly CaseAddresses[];
  /** Metadata documents that give it away on any domain, as real servers write them. */
  readonly metadata?: readonly Readonly<Record<string, unknown>>[];
  /** At least one answer for each finding that has a pattern, as the provider writes it. */
  readonly answers: readonly ProviderAnswerCase[];
  readonly traps?: readonly TrapCase[];
}

export interface CaseAddresses {
  readonly issuer?: string;
  readonly tokenEndpoint?: string;
  readonly jwksUri?: string;
}

export interface ProviderAnswerCase {
  readonly code: string;
  readonly status: number;
  /** An object is sent as JSON. */
  readonly body: Readonly<Record<string, unknown>> | string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Laid over a plan that nothing is wrong with; the codes that the traps of the provider give for it. */
interface TrapCase {
  readonly name: string;
  readonly trial: CaseAddresses &
    Partial<Pick<PlannedTrial, 'clientId' | 'clientSecret' | 'grant' | 'allowedAudience' | 'domain'>>;
  readonly codes: readonly string[];
}

/** An answer in the form of RFC 6749 section 5.2. */
export function oauthError(
  code: string,
  status: number,
  error: string,
  description?: string,
  more: Readonly<Record<string, unknown>> = {},
): ProviderAnswerCase {
  return {
    code,
    status,
    body: { error, ...(description !== undefined && { error_description: description }), ...more },
  };
}
