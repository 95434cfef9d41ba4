import type { Request, RequestHandler } from 'express';
import { type Caller, callerOf } from '../access/caller.ts';
import { bearerOf, findCaller } from '../access/find-caller.ts';
import type { KnownTokens } from '../access/known-tokens.ts';
import { readsOpenly } from '../access/open-reading.ts';
import type { Reach } from '../access/origin.ts';
import { provesItself } from './proves-itself.ts';

const callers = new WeakMap<Request, Caller>();

/** Requests whose token was only remembered. */
const presumed = new WeakSet<Request>();

/** Finds out who asks, before anything else of a request is read. An unknown token is refused. */
export function identify(tokens: KnownTokens, reach: Reach): RequestHandler {
  return async (request, _response, next) => {
    const bearer = request.method === 'POST' && request.path === '/graphql' ? bearerOf(request.headers.authorization) : undefined;
    const token = bearer === undefined ? undefined : tokens.remembered(bearer);
    if (token) presumed.add(request);
    callers.set(request, token ? callerOf(token) : await find(tokens, reach, request));
    next();
  };
}

/** Looks a remembered token up after all, unless what is asked does that by itself, in the same round trip. */
export function confirm(tokens: KnownTokens, reach: Reach): RequestHandler {
  return async (request, _response, next) => {
    if (presumed.has(request) && !provesItself(request.body)) callers.set(request, await find(tokens, reach, request));
    next();
  };
}

function find(tokens: KnownTokens, reach: Reach, request: Request): Promise<Caller> {
  const { authorization, cookie } = request.headers;
  return findCaller(tokens, { authorization, cookie, openReading: readsOpenly(request, reach) });
}

/** Who sent a request that has been identified. */
export function callerOfRequest(request: Request): Caller {
  const caller = callers.get(request);
  if (!caller) throw new Error(`${request.method} ${request.path} was not identified.`);
  return caller;
}
