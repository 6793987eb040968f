import { findingsOf } from '../findings/finding.ts';

export const NETWORK_FINDINGS = {
  'network/name-not-found': {
    title: 'The host name can not be resolved',
    cause: 'A typing error, or a name that only a private network knows while the job runs on a hosted runner.',
    fix: 'Check the name. For a private deployment use a self-hosted runner inside that network.',
    severity: 'error',
    errorTexts: [
      '[Errno -2] Name or service not known',
      '[Errno -3] Temporary failure in name resolution',
      'failed to lookup address information',
      'curl: (6) Could not resolve host',
    ],
  },
  'network/name-service-failed': {
    title: 'The name service of the runner does not answer',
    cause: 'A fault of the network that the runner stands in.',
    fix: 'Run the job again. On a self-hosted runner check its name servers.',
    severity: 'error',
    waitingHelps: true,
  },
  'network/refused': {
    title: 'The connection was refused',
    cause: 'Nothing listens on that port, or a firewall refuses the runner.',
    fix: 'Check that the service is up and that the runner may reach it.',
    severity: 'error',
    errorTexts: [
      '[Errno 111] Connection refused',
      'tcp connect error: Connection refused',
      'curl: (7) Failed to connect',
    ],
    waitingHelps: true,
  },
  'network/unreachable': {
    title: 'The host can not be reached',
    cause: 'There is no route from the runner to it: a private network, or a firewall that drops.',
    fix: 'Use a self-hosted runner inside that network, or open the way for this one.',
    severity: 'error',
    waitingHelps: true,
    errorTexts: ['[Errno 113] No route to host', '[Errno 101] Network is unreachable'],
  },
  'network/timeout': {
    title: 'There was no answer in time',
    cause: 'A firewall drops the packets of the runner, or the service is overloaded.',
    fix: 'Check that the runner may reach the host; raise timeout-seconds only where the service is known to be slow.',
    severity: 'error',
    waitingHelps: true,
    errorTexts: [
      '[Errno 110] Connection timed out',
      'httpx.ConnectTimeout',
      'httpx.ReadTimeout',
      'curl: (28) Connection timed out',
      'curl: (28) Operation timed out',
    ],
  },
  'network/deadline': {
    title: 'The time for the whole run is over',
    cause: 'Several attempts failed or were slow one after the other.',
    fix: 'See the attempts in the log. Raise deadline-seconds only where the service is known to be slow.',
    severity: 'error',
    waitingHelps: true,
  },
  'network/connection-lost': {
    title: 'The connection was closed before the answer was complete',
    cause: 'The service or a proxy in front of it restarted, or does not speak HTTP/1.1 on this port.',
    fix: 'Run the job again. If it goes on, look at the log of the proxy or ingress.',
    severity: 'error',
    waitingHelps: true,
    errorTexts: [
      '[Errno 104] Connection reset by peer',
      'httpx.RemoteProtocolError: Server disconnected without sending a response',
    ],
  },
  'network/tls-untrusted': {
    title: 'The certificate is signed by an authority that is not trusted here',
    cause: 'A private certificate authority, or a proxy that opens TLS.',
    fix: 'Give the authority in ca-certificates. The flyte client needs it too: the action exports SSL_CERT_FILE for it.',
    severity: 'error',
    errorTexts: [
      '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate',
      'certificate verify failed: self signed certificate',
      'invalid peer certificate: UnknownIssuer',
      'SSL certificate problem: self-signed certificate',
    ],
  },
  'network/tls-incomplete-chain': {
    title: 'The certificate chain is incomplete, or its authority is not trusted here',
    cause: 'The server does not send its intermediate certificate, or uses a private certificate authority.',
    fix: 'Configure the server with the full chain, or give the private authority in ca-certificates.',
    severity: 'error',
    errorTexts: [
      '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer certificate',
      'SSL certificate problem: unable to get local issuer certificate',
    ],
  },
  'network/tls-expired': {
    title: 'The certificate has expired',
    cause: 'It was not renewed.',
    fix: 'Renew the certificate of that host.',
    severity: 'error',
    errorTexts: [
      '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: certificate has expired',
      'SSL certificate problem: certificate has expired',
    ],
  },
  'network/tls-not-yet-valid': {
    title: 'The certificate is not valid yet',
    cause: 'It was just issued, or the clock of the runner is slow.',
    fix: 'Check the clock of the runner.',
    severity: 'error',
  },
  'network/tls-wrong-host': {
    title: 'The certificate is for another host name',
    cause: 'The name is wrong, or a default certificate of the load balancer answers.',
    fix: 'Use the name that the certificate carries, or install a certificate for this one.',
    severity: 'error',
    errorTexts: ['certificate verify failed: Hostname mismatch, certificate is not valid for'],
  },
  'network/tls-failed': {
    title: 'The TLS handshake failed',
    cause:
      'The host speaks no TLS on this port, only an outdated version, only HTTP/2, or it demands a client certificate.',
    fix: 'Check the port and the TLS settings of that host: TLS 1.2 or later, HTTP/1.1 too, no client certificate.',
    severity: 'error',
  },
  'network/proxy-refused': {
    title: 'The proxy refused the connection',
    cause: 'The proxy of the runner does not let this host through, or wants other credentials.',
    fix: 'Allow the host at the proxy, or list it in NO_PROXY.',
    severity: 'error',
    errorTexts: ['tunnel error: unsuccessful', 'curl: (56) CONNECT tunnel failed'],
  },
  'network/proxy-failed': {
    title: 'The proxy could not reach the host',
    cause:
      'The proxy of the runner answers with an error of its own: it is overloaded, or the host does not answer it.',
    fix: 'Run the job again later, and look at the log of the proxy. If the host needs no proxy, list it in NO_PROXY.',
    severity: 'error',
    waitingHelps: true,
  },
  'network/proxy-unreachable': {
    title: 'The proxy can not be reached',
    cause: 'Nothing listens at the address in HTTPS_PROXY, or what listens there breaks off and is no proxy.',
    fix: 'Check HTTPS_PROXY, and that the proxy runs. If the host needs no proxy, list it in NO_PROXY.',
    severity: 'error',
    waitingHelps: true,
  },
  'network/proxy-unsupported': {
    title: 'Only ALL_PROXY is set',
    cause: 'The flyte client honours ALL_PROXY; the libraries of GitHub Actions read only HTTPS_PROXY.',
    fix: 'Set HTTPS_PROXY to the same value.',
    severity: 'warning',
  },
  'network/address-refused': {
    title: 'The host name leads to an address that is never a deployment',
    cause: 'DNS answers with an address of this machine or of the metadata service of a cloud.',
    fix: 'Check the name. For a port-forward on the runner itself give connect-to.',
    severity: 'error',
  },
  'network/answer-too-large': {
    title: 'The answer is too large',
    cause: 'Something else answers there: a file, a page, or a server that means harm.',
    fix: 'Check the address.',
    severity: 'error',
  },
  'network/answer-unreadable': {
    title: 'The answer is encoded in a way that was not asked for',
    cause: 'A proxy changed the answer, or it was damaged on its way.',
    fix: 'Check the proxy or ingress in front of that host.',
    severity: 'error',
  },
  'network/failed': {
    title: 'The request failed',
    cause: 'The network reported an error that has no finding of its own.',
    fix: 'See the code of the error in the log, and run the job again.',
    severity: 'error',
    waitingHelps: true,
  },
  'network/slow': {
    title: 'The answer was slower than the flyte client waits',
    cause: 'The identity provider is slow from this runner. The flyte client gives up after 5 seconds.',
    fix: 'Look at the load and the location of the identity provider.',
    severity: 'warning',
    waitingHelps: true,
  },
} as const;

export type NetworkFindingCode = keyof typeof NETWORK_FINDINGS;

export const networkFinding = findingsOf(NETWORK_FINDINGS);
