import type { Request, RequestHandler } from 'express';
import type { KnownTokens } from '../access/known-tokens.ts';
import { readsOpenly } from '../access/open-reading.ts';
import type { Reach } from '../access/origin.ts';
import { bearerOf, findViewer, type Viewer } from '../access/viewer.ts';
import { provesItself } from './proves-itself.ts';

const viewers = new WeakMap<Request, Viewer>();

/** Requests whose token was only remembered. */
const presumed = new WeakSet<Request>();

/** Finds out who asks, before anything else of a request is read. An unknown token is refused. */
export function identify(tokens: KnownTokens, reach: Reach): RequestHandler {
  return async (request, _response, next) => {
    const bearer = request.method === 'POST' && request.path === '/graphql' ? bearerOf(request.headers.authorization) : undefined;
    const token = bearer === undefined ? undefined : tokens.remembered(bearer);
    if (token) presumed.add(request);
    viewers.set(request, token ? { token, openReading: false } : await find(tokens, reach, request));
    next();
  };
}

/** Looks a remembered token up after all, unless what is asked does that by itself, in the same round trip. */
export function confirm(tokens: KnownTokens, reach: Reach): RequestHandler {
  return async (request, _response, next) => {
    if (presumed.has(request) && !provesItself(request.body)) viewers.set(request, await find(tokens, reach, request));
    next();
  };
}

function find(tokens: KnownTokens, reach: Reach, request: Request): Promise<Viewer> {
  const { authorization, cookie } = request.headers;
  return findViewer(tokens.find, { authorization, cookie, openReading: readsOpenly(request, reach) });
}

/** Who sent a request that has been identified. */
export function viewerOf(request: Request): Viewer {
  const viewer = viewers.get(request);
  if (!viewer) throw new Error(`${request.method} ${request.path} was not identified.`);
  return viewer;
}
