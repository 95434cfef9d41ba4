import type { IncomingMessage } from 'node:http';
import { addressHeader, addressOf, networkOf } from '../../../start/machine/visitor.mjs';
import type { Visit } from '../people/accounts.ts';

/** Whence a request comes, as the pages' server says it, or a proxy before us. */
export const visitOf = ({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>): Visit => ({
  address: networkOf(addressOf(socket.remoteAddress, headers, [addressHeader, 'x-forwarded-for'])),
  agent: headers['user-agent'] ?? '',
});
