import type { Json } from '../transport/json.ts';

/** Where a secret is kept. */
export interface SecretPlace {
  /** As FLYTE_API_KEY. */
  readonly name: string;
  readonly scope: 'repository' | 'environment' | 'organization';
  /** The environment of the deploy job, where the secret stands in one. */
  readonly environment?: string;
  readonly holds: 'key' | 'client-secret';
}

/** One key that is watched. */
export interface WatchedKey {
  /** What it is called in reports, and by what its issue is found. */
  readonly name: string;
  readonly place: SecretPlace;
  readonly maxAgeDays: number;
  /** Milliseconds since 1970. */
  readonly rotatedAt?: number;
  /** The value of the variable with the stamp: its text, or the same as YAML has read it. */
  readonly stamp?: Json;
  /** The name of that variable. */
  readonly variable: string;
  /** The key, or its fields, for the trial; absent where it is not given. */
  readonly credentials?: { readonly apiKey: string } | KeyParts;
  /** What is known of the key without its secret. */
  readonly domain: string;
  readonly clientId: string;
  readonly org: string;
  readonly issuer: string;
  /** Of an identity provider, where the user said it. */
  readonly provider: string;
}

interface KeyParts {
  readonly domain: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly org: string;
}
