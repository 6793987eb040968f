import type { HttpRequest, HttpResponse, Transport } from '../../transport/http-client.ts';

/**
 * A transport that asks for the same document once, however many apps need it: the metadata and the key set of the
 * provider are the same for all of them. What waiting may cure is asked for again, and what carries a token is never
 * shared.
 */
export function shareAnswers(transport: Transport): Transport {
  const answers = new Map<string, Promise<HttpResponse>>();

  async function send(request: HttpRequest): Promise<HttpResponse> {
    if (request.method !== 'GET' || !isAnonymous(request)) {
      return await transport.send(request);
    }
    const key = request.url.href;
    const known = answers.get(key);
    if (known !== undefined) {
      return await known;
    }
    const answer = transport.send(request);
    answers.set(key, answer);
    try {
      const response = await answer;
      if (response.status >= 500 || response.status === 429) {
        answers.delete(key);
      }
      return response;
    } catch (error) {
      answers.delete(key);
      throw error;
    }
  }

  return { ...transport, send };
}

function isAnonymous({ headers }: HttpRequest): boolean {
  return Object.keys(headers).every((name) => name.toLowerCase() === 'accept');
}
