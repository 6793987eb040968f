import { proveDex } from '../identity-providers/dex.ts';
import { proveFlyte } from '../identity-providers/flyte.ts';
import { proveGlewlwyd } from '../identity-providers/glewlwyd.ts';
import { proveHydra } from '../identity-providers/hydra.ts';
import { proveKeycloak } from '../identity-providers/keycloak.ts';
import { proveOauth2MockServer } from '../identity-providers/oauth2-mock-server.ts';
import { proveOidcProvider } from '../identity-providers/oidc-provider.ts';
import type { Suite, Workbench } from '../suite.ts';

/** Each starts its server, proves, and stops it. The slowest to start goes first. */
const PROOFS = {
  Keycloak: proveKeycloak,
  'Ory Hydra': proveHydra,
  Dex: proveDex,
  'oidc-provider': proveOidcProvider,
  'oauth2-mock-server': proveOauth2MockServer,
  Glewlwyd: proveGlewlwyd,
  "Flyte's own authorization server": proveFlyte,
} as const satisfies Readonly<Record<string, (bench: Workbench) => Promise<void>>>;

export const suite: Suite = {
  name: 'identity-providers',
  title: 'Identity providers: real servers, and the built action against them',
  async run(bench) {
    for (const [name, prove] of Object.entries(PROOFS)) {
      await bench.attempt(name, () => prove(bench));
    }
  },
};
