import express, { type Request, type RequestHandler, Router } from 'express';
import { signedIn } from '../access/caller.ts';
import { noteEntry } from '../audit/audited.ts';
import type { Services } from '../context.ts';
import { badInput } from '../errors.ts';
import { accept } from '../people/accept.ts';
import { visitOf } from './visit.ts';

/** Longest body: a name, a password and an invitation. */
const maxBody = 4096;

/**
 * POST /sign-in and POST /join: a name and a password, or an invitation with those that its account is to have, in JSON. The answer is a
 * session, which the pages' server makes a cookie of.
 */
export function signInRoutes({ accounts, db, log, tokens: { findSession } }: Services): Router {
  const router = Router();
  const answering = (action: 'signIn' | 'join', begin: (request: Request) => Promise<string>): RequestHandler[] => [
    body,
    async (request, response) => {
      const session = await begin(request);
      const known = await findSession(session);
      if (known) await noteEntry({ db, log, caller: signedIn(known), address: visitOf(request).address }, action);
      response.setHeader('cache-control', 'no-store');
      response.json({ session });
    },
  ];
  router.post(
    '/sign-in',
    answering('signIn', (request) => accounts.signIn(read(request, ['name', 'password']), visitOf(request))),
  );
  router.post(
    '/join',
    answering('join', (request) => accept(accounts, read(request, ['invitation', 'name', 'password']), visitOf(request))),
  );
  return router;
}

const body = express.json({ limit: maxBody });

/** @throws BAD_INPUT unless the body has just these, as texts. */
function read<Name extends string>({ body }: Request, names: readonly Name[]): Record<Name, string> {
  const given = body as Record<string, unknown> | undefined;
  const whole = given && Object.keys(given).length === names.length && names.every((name) => typeof given[name] === 'string');
  if (!whole) throw badInput(`Send JSON with ${names.join(', ')}, each a text, and nothing else.`);
  if (names.some((name) => String(given[name]).includes('\0'))) throw badInput('A text holds the character U+0000: leave it out.');
  return given as Record<Name, string>;
}
