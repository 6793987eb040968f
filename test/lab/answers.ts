import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { resetConnection } from './https-server.ts';

export interface Answer {
  status?: number | undefined;
  headers?: OutgoingHttpHeaders | undefined;
  /** An object is sent as JSON. */
  body?: string | Buffer | object | undefined;
  delayMs?: number | undefined;
  /** Never answer; the connection stays open. */
  hang?: true | undefined;
  /** End the connection with a TCP reset instead of an answer. */
  reset?: true | undefined;
  /** Send the body one byte at a time with this pause between them. */
  dripEveryMs?: number | undefined;
}

function encodeBody(body: Answer['body']): { bytes: Buffer; contentType: string | undefined } {
  if (Buffer.isBuffer(body)) {
    return { bytes: body, contentType: undefined };
  }
  if (typeof body === 'object') {
    return { bytes: Buffer.from(JSON.stringify(body)), contentType: 'application/json' };
  }
  return { bytes: Buffer.from(body ?? ''), contentType: body === undefined ? undefined : 'text/plain; charset=utf-8' };
}

export async function sendAnswer(response: ServerResponse, answer: Answer): Promise<void> {
  if (answer.delayMs !== undefined) {
    // Unreferenced: a test that gave up does not have to wait for the answer.
    await wait(answer.delayMs, undefined, { ref: false });
  }
  if (answer.hang) {
    return;
  }
  if (answer.reset) {
    if (response.socket) {
      resetConnection(response.socket);
    }
    return;
  }
  const { bytes, contentType } = encodeBody(answer.body);
  if (contentType !== undefined) {
    response.setHeader('content-type', contentType);
  }
  for (const [name, value] of Object.entries(answer.headers ?? {})) {
    if (value !== undefined) {
      response.setHeader(name, value);
    }
  }
  response.statusCode = answer.status ?? 200;
  if (answer.dripEveryMs === undefined) {
    response.end(bytes);
    return;
  }
  response.flushHeaders();
  for (const byte of bytes) {
    if (response.destroyed) {
      return;
    }
    response.write(Buffer.of(byte));
    await wait(answer.dripEveryMs, undefined, { ref: false });
  }
  response.end();
}

export function notFound(): Answer {
  return { status: 404, body: '404 page not found\n' };
}
