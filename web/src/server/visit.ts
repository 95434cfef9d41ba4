import type { IncomingMessage } from 'node:http';
import { addressHeader, addressOf, isLocal, webHeader } from '../../../start/machine/visitor.mjs';
import { type Environment, reachOf } from './environment.ts';

/**
 * Marks a request that comes from beyond this machine, or may, for all that answers it, here and in the API: reading needs a key then; and
 * whence it comes. What the visitor claims of it is not believed.
 */
export function mark(
  request: Pick<IncomingMessage, 'headers' | 'httpVersion'> & { socket?: { remoteAddress?: string | undefined } },
  environment: Environment,
): void {
  request.headers[addressHeader] = addressOf(request.socket?.remoteAddress, request.headers);
  delete request.headers[webHeader];
  if (!isLocal(request, reachOf(environment))) request.headers[webHeader] = 'public';
}
