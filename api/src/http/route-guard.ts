import type { Request, RequestHandler } from 'express';
import type { KnownTokens } from '../access/known-tokens.ts';
import type { Reach } from '../access/origin.ts';
import { requireRight } from '../access/rights.ts';
import { findRoute, probes } from '../access/route-rights.ts';
import { discard } from './discard.ts';
import { checkHostAndOrigin } from './guard.ts';
import { callerOfRequest, identify } from './identify.ts';

/**
 * Stands before everything that answers: lets in what `route-rights.ts` declares, for who has the right to it. Any other route, whoever
 * makes it and wherever, is not reached.
 */
export function guardRoutes(tokens: KnownTokens, reach: Reach): RequestHandler[] {
  const unlessProbe =
    (handler: RequestHandler): RequestHandler =>
    (request, response, next) =>
      isProbe(request) ? next() : handler(request, response, next);
  return [checkDeclared, ...[checkHostAndOrigin(reach), identify(tokens, reach), checkRight].map(unlessProbe)];
}

const isProbe = ({ method, path }: Request): boolean => {
  const route = findRoute(method, path);
  return 'name' in route && probes.includes(route.name);
};

const checkDeclared: RequestHandler = ({ method, path }, response, next) => {
  const route = findRoute(method, path);
  if ('name' in route) return next();
  if (route.methods.length === 0)
    return void response.status(404).json({ error: `There is nothing at ${path.slice(0, 80)}; GraphQL is at /graphql.` });
  response.setHeader('allow', route.methods.join(', '));
  response.status(405).json({ error: `${path.slice(0, 80)} takes ${route.methods.join(' and ')}.` });
};

/** @throws UNAUTHENTICATED, FORBIDDEN */
const checkRight: RequestHandler = async (request, _response, next) => {
  const route = findRoute(request.method, request.path);
  if (!('name' in route)) throw new Error(`${request.method} ${request.path} is not declared.`);
  try {
    requireRight(callerOfRequest(request), route.rights);
  } catch (error) {
    await discard(request);
    throw error;
  }
  next();
};
