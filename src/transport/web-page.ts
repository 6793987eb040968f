import type { HttpResponse } from './http-client.ts';

/** As much of a body as its kind is told by. */
const HEAD_BYTES = 400;
const LONGEST_HEAD_WITH_TITLE_BYTES = 16 * 1024;

/** Whether an answer is a web page: by its type, else by how it begins. */
export function isHtml({ headers, body }: Pick<HttpResponse, 'headers' | 'body'>): boolean {
  return (
    /^text\/html/i.test(headers['content-type'] ?? '') ||
    /^\s*<(!doctype|html|head|body|\?xml)\b/i.test(Buffer.from(body.subarray(0, HEAD_BYTES)).toString('latin1'))
  );
}

/** The title of a web page, which names the firewall or the login page that answered. Remote text. */
export function titleOf(body: Uint8Array): string | undefined {
  const head = Buffer.from(body.subarray(0, LONGEST_HEAD_WITH_TITLE_BYTES)).toString('utf8');
  return /<title>([^<]{1,200})/i.exec(head)?.[1]?.trim();
}
