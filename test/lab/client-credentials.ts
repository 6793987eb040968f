import type { RecordedRequest } from './https-server.ts';

type ClientAuthMethod = 'client_secret_basic' | 'client_secret_post';

export interface PresentedClient {
  clientId: string;
  method: ClientAuthMethod;
}

function decodeForm(value: string): string {
  return decodeURIComponent(value.replaceAll('+', '%20'));
}

/** Which client a request claims to be and how it authenticates; nothing is verified. */
export function presentedClient(request: RecordedRequest): PresentedClient | undefined {
  const { authorization = '' } = request.headers;
  const basic = /^basic (\S+)$/i.exec(authorization)?.[1];
  if (basic !== undefined) {
    const encodedClientId = Buffer.from(basic, 'base64').toString('utf8').split(':', 1)[0] ?? '';
    try {
      return { clientId: decodeForm(encodedClientId), method: 'client_secret_basic' };
    } catch {
      return undefined;
    }
  }
  const parameters = new URLSearchParams(request.body.toString('utf8'));
  const clientId = parameters.get('client_id');
  return clientId !== null && parameters.has('client_secret') ? { clientId, method: 'client_secret_post' } : undefined;
}
