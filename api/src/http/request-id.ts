import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';

const ids = new AsyncLocalStorage<string>();

/** What a proxy may call a request; anything else is named anew. */
const named = /^[\w.:-]{1,100}$/;

/** Names each request, as the proxy before us does (X-Request-Id) or by itself: its answer carries the name, and every line logged for it. */
export const nameRequest: RequestHandler = (request, response, next) => {
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && named.test(given) ? given : randomUUID();
  response.setHeader('x-request-id', id);
  ids.run(id, next);
};

/** For a logger: the request that a line is about, if it is about one. */
export const requestOfLine = (): { request?: string } => {
  const request = ids.getStore();
  return request ? { request } : {};
};
