import express, { type RequestHandler } from 'express';
import { clientOf } from '../access/caller.ts';
import { badInput } from '../errors.ts';
import { checkValues } from '../limits/body-values.ts';
import { checkNesting } from '../limits/nesting.ts';
import { checkSource } from '../limits/source.ts';
import { Turns } from '../limits/turns.ts';
import { callerOfRequest } from './identify.ts';

/** Largest body of who brings no token: a spec has some kilobytes. Trainers send epochs and log lines by the thousand. */
const anonymousBody = express.json({ limit: '256kb' });
const body = express.json({ limit: '8mb', verify: (_request, _response, bytes) => checkValues(bytes) });

/** Bytes from which on a body is large, and large ones that are read of one token at a time: what is not read yet takes no room here. */
const large = 256 * 1024;
const mostLarge = 2;

const turns = new Turns(mostLarge);

/** Reads a GraphQL request of bounded size. */
export const readBody: RequestHandler = (request, response, next) => {
  const caller = callerOfRequest(request);
  if (caller.kind === 'stranger' || caller.kind === 'visitor') return anonymousBody(request, response, next);
  // Without a length it may have any.
  if (!(Number(request.headers['content-length'] ?? Number.NaN) > large) && request.headers['transfer-encoding'] === undefined)
    return body(request, response, next);
  turns.take(clientOf(caller), (leave) => {
    response.on('close', leave);
    body(request, response, (error) => {
      leave();
      next(error);
    });
  });
};

/**
 * Refuses what would be costly to parse or to walk, in a body as in an address.
 *
 * @throws TOO_COMPLEX, BAD_INPUT
 */
export const checkBody: RequestHandler = (request, _response, next) => {
  checkNesting(request.body);
  // As Apollo Server reads it: other parsers stop after a thousand names, and pass over what comes then.
  const address = new URLSearchParams(request.url.split('?').slice(1).join('?'));
  for (const name of ['variables', 'extensions']) for (const text of address.getAll(name)) checkNesting(parsed(text));
  for (const source of [...address.getAll('query'), (request.body as { query?: unknown } | undefined)?.query])
    if (typeof source === 'string') checkSource(source);
  next();
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badInput('variables and extensions have to be JSON.');
  }
}
