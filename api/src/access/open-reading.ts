import type { IncomingMessage } from 'node:http';
import { isLocal, webHeader } from '../../../start/machine/visitor.mjs';
import type { Reach } from './origin.ts';

/** Whether a request may read without a key: only one that comes straight from this machine, also where our own web server passes it on. */
export function readsOpenly(request: Pick<IncomingMessage, 'headers' | 'httpVersion'>, reach: Reach): boolean {
  return request.headers[webHeader] === undefined && isLocal(request, reach);
}
