import express, { type Request, type RequestHandler, Router } from 'express';
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
export function signInRoutes({ accounts }: Services): Router {
  const router = Router();
  router.post(
    '/sign-in',
    answering((request) => accounts.signIn(read(request, ['name', 'password']), visitOf(request))),
  );
  router.post(
    '/join',
    answering((request) => accept(accounts, read(request, ['invitation', 'name', 'password']), visitOf(request))),
  );
  return router;
}

const body = express.json({ limit: maxBody });

function answering(begin: (request: Request) => Promise<string>): RequestHandler[] {
  return [
    body,
    async (request, response) => {
      response.setHeader('cache-control', 'no-store');
      response.json({ session: await begin(request) });
    },
  ];
}

/** @throws BAD_INPUT unless the body has just these, as texts. */
function read<Name extends string>({ body }: Request, names: readonly Name[]): Record<Name, string> {
  const given = body as Record<string, unknown> | undefined;
  const whole = given && Object.keys(given).length === names.length && names.every((name) => typeof given[name] === 'string');
  if (!whole) throw badInput(`Send JSON with ${names.join(', ')}, each a text, and nothing else.`);
  if (names.some((name) => String(given[name]).includes('\0'))) throw badInput('A text holds the character U+0000: leave it out.');
  return given as Record<Name, string>;
}
