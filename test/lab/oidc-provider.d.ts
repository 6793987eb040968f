// The package brings no types. Only what the lab uses is declared.
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export interface IssuedToken {
    clientId: string;
    kind: string;
  }

  export interface StructuredToken {
    header: Record<string, unknown> | undefined;
    payload: Record<string, unknown>;
  }

  export class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>);
    Client: {
      prototype: { compareClientSecret(this: { clientId: string }, actual: string): boolean | Promise<boolean> };
    };
    ClientCredentials: { find(value: string): Promise<IssuedToken | undefined> };
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    on(event: string, listener: (...values: unknown[]) => void): this;
    pathFor(route: string): string;
  }
}
