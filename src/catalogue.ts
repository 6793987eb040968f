import { KEY_FINDINGS } from './api-key/findings.ts';
import { CLIENT_FINDINGS } from './clients/clients.ts';
import { DISCOVERY_FINDINGS } from './control-plane/discovery-findings.ts';
import { PLANE_FINDINGS } from './control-plane/plane-findings.ts';
import { TOKEN_FINDINGS } from './control-plane/verdict/token-findings.ts';
import { DOCTOR_FINDINGS } from './deployment/doctor/doctor-findings.ts';
import { DEPLOYMENT_FILE_FINDINGS } from './deployment/findings.ts';
import { RENDER_FINDINGS } from './deployment/render/render-findings.ts';
import { GITHUB_FINDINGS } from './github/api-findings.ts';
import { CONFIG_FILE_FINDINGS } from './github/client-config.ts';
import { TRUST_FINDINGS } from './github/client-trust.ts';
import { EVENT_FINDINGS } from './github/event.ts';
import { INPUT_FINDINGS } from './github/inputs.ts';
import { RUNNER_FINDINGS } from './github/runner-files.ts';
import { GITLAB_FINDINGS } from './gitlab/findings.ts';
import { IDP_FINDINGS } from './identity-provider/findings.ts';
import { PROVIDER_FINDINGS } from './identity-provider/providers.ts';
import { RECORD_FINDINGS } from './identity-provider/secret-records.ts';
import { ROTATION_FINDINGS } from './rotation/findings.ts';
import { NETWORK_FINDINGS } from './transport/findings.ts';

/** Every finding that the product can make. docs/findings.md is generated from it. */
export const CATALOGUE = {
  ...INPUT_FINDINGS,
  ...EVENT_FINDINGS,
  ...RUNNER_FINDINGS,
  ...TRUST_FINDINGS,
  ...CONFIG_FILE_FINDINGS,
  ...KEY_FINDINGS,
  ...CLIENT_FINDINGS,
  ...NETWORK_FINDINGS,
  ...DISCOVERY_FINDINGS,
  ...IDP_FINDINGS,
  ...PROVIDER_FINDINGS,
  ...TOKEN_FINDINGS,
  ...PLANE_FINDINGS,
  ...ROTATION_FINDINGS,
  ...RECORD_FINDINGS,
  ...GITHUB_FINDINGS,
  ...GITLAB_FINDINGS,
  ...RENDER_FINDINGS,
  ...DEPLOYMENT_FILE_FINDINGS,
  ...DOCTOR_FINDINGS,
} as const;

export type FindingCode = keyof typeof CATALOGUE;
