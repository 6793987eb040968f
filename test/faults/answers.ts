import { answerOf } from '../transport/raw-server.ts';
import type { Fault } from './fault-server.ts';

/** The same answer to every request, each on a connection of its own. */
export function answers(
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body: string | Uint8Array = '',
): Fault {
  return { answer: (exchange) => exchange.end(answerOf(status, { ...headers, connection: 'close' }, body)) };
}
