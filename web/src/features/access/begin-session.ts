import type { NextRequest } from 'next/server';
import { basePath } from '@/lib/base-path.ts';
import { keepKey } from '@/server/key-cookie.ts';
import { addressHeader, webHeader } from '../../../../start/machine/visitor.mjs';
import { ownCookie } from './own-cookie.ts';

/** Why no session was begun, in words; `because` for who came without scripts. */
type Refused = { problem: string; because: 'refused' | 'wait' | 'unanswered' };

/**
 * Sends a form's fields to the API for a session, and makes it this browser's cookie, which scripts cannot read.
 *
 * @param path of the API: /sign-in or /join.
 * @param next where to go then; `back`: where the form stands.
 */
export async function beginSession(request: NextRequest, path: string, fields: object, { next, back }: { next: string; back: string }) {
  const answer = await askForSession(request, path, fields);
  const byScript = request.headers.get('accept')?.includes('application/json') ?? false;
  const headers = new Headers({ 'cache-control': 'no-store' });
  if ('problem' in answer) {
    if (byScript) return Response.json({ problem: answer.problem }, { status: 422, headers });
    headers.set('location', `${basePath}${back}${back.includes('?') ? '&' : '?'}because=${answer.because}`);
    return new Response(null, { status: 303, headers });
  }
  const secure = request.headers.get('x-forwarded-proto') === 'https';
  for (const cookie of keepKey(ownCookie(), answer.session, secure)) headers.append('set-cookie', cookie);
  const there = basePath + next || '/';
  if (byScript) return Response.json({ next: there }, { headers });
  headers.set('location', there);
  return new Response(null, { status: 303, headers });
}

async function askForSession(request: NextRequest, path: string, fields: object): Promise<{ session: string } | Refused> {
  const passedOn = ['user-agent', addressHeader, webHeader].flatMap((name) => {
    const value = request.headers.get(name);
    return value ? [[name, value]] : [];
  });
  try {
    const response = await fetch(`${process.env.API_URL ?? 'http://127.0.0.1:4000'}${path}`, {
      method: 'POST',
      cache: 'no-store',
      headers: { 'content-type': 'application/json', ...Object.fromEntries(passedOn) },
      body: JSON.stringify(fields),
    });
    const { session, errors } = (await response.json()) as { session?: string; errors?: { message: string }[] };
    if (session) return { session };
    const because = response.status === 429 ? 'wait' : response.status >= 500 ? 'unanswered' : 'refused';
    return { problem: errors?.[0]?.message ?? 'The API did not say why.', because };
  } catch {
    return { problem: 'The API does not answer: try again in a moment.', because: 'unanswered' };
  }
}

/** A form's fields by these names, each a text. */
export async function readFields<Name extends string>(request: NextRequest, names: readonly Name[]): Promise<Record<Name, string>> {
  // What is no form holds none of them.
  const form = await request.formData().catch(() => null);
  const text = (name: Name) => {
    const value = form?.get(name);
    return typeof value === 'string' ? value : '';
  };
  return Object.fromEntries(names.map((name) => [name, text(name)])) as Record<Name, string>;
}
