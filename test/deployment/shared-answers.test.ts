import { describe, expect, it } from 'vitest';
import { shareAnswers } from '../../src/deployment/doctor/shared-answers.ts';
import type { HttpRequest, HttpResponse, Transport } from '../../src/transport/http-client.ts';

function transportOf(answers: (HttpResponse | Error)[]): { transport: Transport; sent: string[] } {
  const sent: string[] = [];
  const transport: Transport = {
    async send({ method, url }) {
      sent.push(`${method} ${url.pathname}`);
      const answer = answers.shift() ?? ok('last');
      if (answer instanceof Error) {
        throw answer;
      }
      return answer;
    },
    deadline: new AbortController().signal,
    attempts: [],
    close: () => undefined,
  };
  return { transport: shareAnswers(transport), sent };
}

function ok(body: string, status = 200): HttpResponse {
  return { status, headers: {}, body: Buffer.from(body), milliseconds: 1 };
}

function get(path: string, headers: Record<string, string> = { accept: 'application/json' }): HttpRequest {
  return { purpose: 'a test', method: 'GET', url: new URL(path, 'https://x.example'), headers, maximumBytes: 10 };
}

describe('a document that several apps need', () => {
  it('is asked for once, at the same time and later', async () => {
    const { transport, sent } = transportOf([ok('one')]);
    const [first, second] = await Promise.all([transport.send(get('/keys')), transport.send(get('/keys'))]);
    const third = await transport.send(get('/keys'));
    expect([first, second, third].map(({ body }) => body.toString())).toEqual(['one', 'one', 'one']);
    expect(sent).toEqual(['GET /keys']);
  });

  it('is asked for once even where it is not there', async () => {
    const { transport, sent } = transportOf([ok('', 404)]);
    await transport.send(get('/keys'));
    await transport.send(get('/keys'));
    expect(sent).toHaveLength(1);
  });

  it('is asked for again where waiting may help', async () => {
    const { transport, sent } = transportOf([ok('', 503), ok('', 429), new Error('reset'), ok('one')]);
    await transport.send(get('/keys'));
    await transport.send(get('/keys'));
    await expect(transport.send(get('/keys'))).rejects.toThrow('reset');
    expect((await transport.send(get('/keys'))).body.toString()).toBe('one');
    expect(sent).toHaveLength(4);
  });

  it('is never what somebody got with a token, and never an answer to a POST', async () => {
    const { transport, sent } = transportOf([]);
    await transport.send(get('/me', { authorization: 'Bearer a' }));
    await transport.send(get('/me', { authorization: 'Bearer b' }));
    await transport.send({ ...get('/token'), method: 'POST' });
    await transport.send({ ...get('/token'), method: 'POST' });
    expect(sent).toEqual(['GET /me', 'GET /me', 'POST /token', 'POST /token']);
  });
});
