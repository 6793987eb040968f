import type { Finding } from '../findings/finding.ts';
import { networkFinding } from './findings.ts';

const HTTPS_PROXY_NAMES = ['https_proxy', 'HTTPS_PROXY'] as const;

/**
 * Gives the address of a proxy the scheme it lacks, as the flyte client does (encode/httpx httpx/_utils.py,
 * get_environment_proxies): @actions/http-client would take its host name for the scheme.
 */
export function completeProxyAddress(environment: NodeJS.ProcessEnv): void {
  for (const name of HTTPS_PROXY_NAMES) {
    const value = environment[name] ?? '';
    if (value !== '' && !value.includes('://')) {
      environment[name] = `http://${value}`;
    }
  }
}

/** What in the environment sends the clients another way than this action. */
export function checkProxyEnvironment(environment: NodeJS.ProcessEnv): Finding[] {
  const isSet = (name: string): boolean => (environment[name] ?? environment[name.toLowerCase()] ?? '') !== '';
  return isSet('ALL_PROXY') && !isSet('HTTPS_PROXY')
    ? [networkFinding('network/proxy-unsupported', 'ALL_PROXY is set, HTTPS_PROXY is not.')]
    : [];
}
