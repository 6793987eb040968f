import { findingsOf } from '../findings/finding.ts';

export const DISCOVERY_FINDINGS = {
  'discovery/found': {
    title: 'The deployment told its identity provider',
    cause: 'The flyte client will find it in the same way.',
    fix: 'Nothing to do.',
    severity: 'pass',
  },
  'discovery/client-route-fails': {
    title: 'The flyte client would not find the identity provider',
    cause:
      'The ingress does not let the calls of the flyte client (Connect over HTTP, binary messages) through to the control plane.',
    fix: 'Route /flyteidl2.auth.AuthMetadataService/ to the control plane without authentication, for HTTP/1.1 and HTTP/2. A Flyte 1 control plane has no such route: use flytekit or flytectl with it.',
    severity: 'warning',
  },
  'discovery/skipped-for-pins': {
    title: 'The deployment did not tell its identity provider; what this step pins is used',
    cause:
      'No route of the control plane answered with its settings, so the flyte client would not find the identity provider.',
    fix: 'Let the control plane serve AuthMetadataService without authentication.',
    severity: 'warning',
  },
  'discovery/not-a-control-plane': {
    title: 'There is no control plane at this domain',
    cause:
      'The domain belongs to something else (a console, a website, the identity provider), or the ingress has no route for the control plane.',
    fix: 'Use the host name that stands in the endpoint of a working config of flyte, without scheme and port.',
    severity: 'error',
  },
  'discovery/html': {
    title: 'The domain answers with a web page instead of the control plane',
    cause: 'The domain points at a console or a login page, or a proxy answers in place of the control plane.',
    fix: 'Use the host name of the API, and let the ingress route /flyteidl2.auth.AuthMetadataService/ to the control plane without authentication.',
    severity: 'error',
    errorTexts: [
      'The configured endpoint returned a non-protobuf (HTML) response while fetching the auth client configuration',
      "invalid content-type: 'text/html",
    ],
  },
  'discovery/redirect': {
    title: 'The domain redirects instead of answering',
    cause: 'The ingress sends every request that carries no token to a login page, or to another host name.',
    fix: 'Exempt /flyteidl2.auth.AuthMetadataService/ from authentication at the ingress; where the deployment has moved, use its new host name.',
    severity: 'error',
  },
  'discovery/refused': {
    title: 'The deployment refuses to tell its identity provider',
    cause: 'The ingress or a firewall demands authentication for a call that every client makes without it.',
    fix: 'Exempt /flyteidl2.auth.AuthMetadataService/ from authentication at the ingress.',
    severity: 'error',
  },
  'discovery/auth-not-configured': {
    title: 'Authentication is not configured at the control plane',
    cause:
      'The control plane runs, but does not serve its authentication settings: `useAuth` is off, or the metadata is not configured.',
    fix: 'Turn authentication on in the Helm values of the control plane and name its authorization server.',
    severity: 'error',
  },
  'discovery/server-error': {
    title: 'The control plane failed to answer',
    cause: 'It is starting, overloaded, or can not reach its own identity provider.',
    fix: 'Run the job again later, and look at the log of the control plane.',
    severity: 'error',
    waitingHelps: true,
  },
  'discovery/unreadable-answer': {
    title: 'The answer of the deployment is not that of a control plane',
    cause: 'Something else answers in its place, or a proxy changed the answer.',
    fix: 'Use the host name that stands in the endpoint of a working config of flyte.',
    severity: 'error',
  },
  'discovery/token-endpoint-empty': {
    title: 'The deployment advertises no token endpoint',
    cause: 'The control plane could not read the metadata of its identity provider, or it is configured without one.',
    fix: "Set the authorization server of the control plane (`externalAuthServer.baseUrl` and `metadataUrl`) to the identity provider's issuer.",
    severity: 'error',
    errorTexts: ["Request URL is missing an 'http://' or 'https://' protocol."],
  },
  'discovery/metadata-key-empty': {
    title: 'The deployment advertises no header for the token',
    cause: '`authorization_metadata_key` is empty. The flyte client stops with `Illegal header name`.',
    fix: 'Set `grpcAuthorizationHeader` of the control plane, as in `flyte-authorization`.',
    severity: 'error',
    errorTexts: ["ConnectError: Illegal header name b''", "Invalid header name: ''"],
  },
  'discovery/metadata-key-not-usable': {
    title: 'The header that the deployment advertises for the token is no name of a header',
    cause:
      '`authorization_metadata_key` holds a space or another sign that no header may have. The flyte client stops with `Illegal header name`.',
    fix: 'Set `grpcAuthorizationHeader` of the control plane to letters, digits and hyphens, as in `flyte-authorization`.',
    severity: 'error',
  },
  'discovery/bad-address': {
    title: 'The deployment advertises an address that can not be used',
    cause: 'It is not an https address of a plain host name.',
    fix: 'Correct the authorization server in the settings of the control plane.',
    severity: 'error',
  },
  'discovery/pin-differs': {
    title: 'The deployment does not agree with a setting of this step',
    cause:
      'The step pins a value, and the deployment advertises another. The flyte client knows only what the deployment advertises.',
    fix: 'If the deployment is right, change the pin. If the pin is right, do not deploy: the deployment would send your secret elsewhere or ask for other rights.',
    severity: 'error',
  },
  'discovery/issuer-slash': {
    title: 'The pinned issuer differs by its trailing slash',
    cause: 'Providers and documents write the same issuer with and without it.',
    fix: 'Write it as the deployment does.',
    severity: 'note',
  },
  'discovery/pin-to-copy': {
    title: 'The identity provider was taken from the deployment',
    cause: 'Nothing pins it, so whoever controls the domain could name another one.',
    fix: 'Copy the token-url above into this step.',
    severity: 'note',
  },
} as const;

export type DiscoveryFindingCode = keyof typeof DISCOVERY_FINDINGS;

export const discoveryFinding = findingsOf(DISCOVERY_FINDINGS);
