import { findingsOf } from '../../findings/finding.ts';

/** Why something can't be written for a deployment, or is not written as a whole. */
export const RENDER_FINDINGS = {
  'deployment/app-not-described': {
    title: 'An app that the charts need is not described',
    cause: 'The file names fewer apps than the deployment has.',
    fix: 'Add the app with its client-id below apps. docs/deployment.md says which app is for what.',
    severity: 'error',
  },
  'deployment/token-url-not-described': {
    title: 'The token endpoint is not described',
    cause: 'The services of the control plane are configured with it, and the file leaves it to the metadata document.',
    fix: 'Write it as token-url: it is the token_endpoint of the metadata document of the issuer.',
    severity: 'error',
  },
  'deployment/subject-not-described': {
    title: 'What the tokens of the services name as their subject is left out',
    cause:
      'At Entra ID that is the object id of the service principal, not the client id, and the file does not have it.',
    fix: 'Entra ID > Enterprise applications > the service-to-service app > Object ID: write it as subject of the app.',
    severity: 'warning',
  },
  'deployment/own-server-not-rendered': {
    title: "The values for Flyte's own authorization server are not written",
    cause:
      'They name the provider at which people sign in, which the file does not describe: its issuer is the deployment itself.',
    fix: 'Write them as the guide of Flyte has them (configuration.auth with enableAuthServer: true). union-auth key hash makes the clientSecretHash for them.',
    severity: 'error',
  },
  'deployment/setting-not-in-flyte1': {
    title: 'A setting is left out, since open-source Flyte 1 does not have it',
    cause: 'subjectClaimNames and identityTypeClaimsForApps are settings of the control plane of Union.',
    fix: 'Take subject-claims and app-claims out of the file, or write control-plane: union if the deployment is one of Union.',
    severity: 'warning',
  },
  'deployment/secret-store-not-described': {
    title: 'It is not described where a secret is stored',
    cause: 'A manifest without values refers to a secret store, and to one place in it for each app.',
    fix: 'Add secret-store with its name, and secret-store-key to the app. To write the values themselves use --with-values.',
    severity: 'error',
  },
  'deployment/secret-value-missing': {
    title: 'The secret of an app is not at hand',
    cause: 'The app has no client-secret-env in the file, or that variable is not set.',
    fix: 'Write the name of a variable as client-secret-env of the app, and set the variable.',
    severity: 'error',
  },
  'deployment/secret-value-not-usable': {
    title: 'The secret of an app holds a line break or begins or ends with a space',
    cause: 'It was read from a file or copied together with what stands around it. The pods would send it as it is.',
    fix: 'Set the variable to the secret alone.',
    severity: 'error',
  },
  'deployment/eager-secret-unnamed': {
    title: 'The secret with the key of task pods is left out, since its name is not described',
    cause: 'Its name and its key depend on the secret manager of the deployment.',
    fix: 'Ask Union for both, and write them as name and key of eager-secret.',
    severity: 'warning',
  },
  'deployment/eager-org-none': {
    title: 'The org of the key for task pods is the word None',
    cause: 'Other clients write it for no org at all. The controller in the pod keeps the word as it is.',
    fix: 'Leave the org empty.',
    severity: 'error',
  },
  'deployment/internal-secret-not-usable': {
    title: 'The internal client secret can not be used',
    cause: 'It is empty, or holds a line break, another control character or a space at its beginning or end.',
    fix: 'Use a random one, as openssl rand -hex 16 prints it.',
    severity: 'error',
  },
  'deployment/internal-secret-too-long': {
    title: 'The internal client secret is longer than bcrypt reads',
    cause: 'bcrypt reads 72 bytes: what comes behind them would not count.',
    fix: 'Use a shorter one, as openssl rand -hex 16 prints it.',
    severity: 'error',
  },
} as const;

export type RenderFindingCode = keyof typeof RENDER_FINDINGS;

export const renderFinding = findingsOf(RENDER_FINDINGS);
