import type { Request, RequestHandler } from 'express';
import { readsOpenly } from '../access/open-reading.ts';
import type { Reach } from '../access/origin.ts';
import type { FindToken } from '../access/tokens.ts';
import { findViewer, type Viewer } from '../access/viewer.ts';

const viewers = new WeakMap<Request, Viewer>();

/** Finds out who asks, before anything else of a request is read. An unknown token is refused. */
export function identify(findToken: FindToken, reach: Reach): RequestHandler {
  return async (request, _response, next) => {
    const { authorization, cookie } = request.headers;
    viewers.set(request, await findViewer(findToken, { authorization, cookie, openReading: readsOpenly(request, reach) }));
    next();
  };
}

/** Who sent a request that has been identified. */
export function viewerOf(request: Request): Viewer {
  const viewer = viewers.get(request);
  if (!viewer) throw new Error(`${request.method} ${request.path} was not identified.`);
  return viewer;
}
