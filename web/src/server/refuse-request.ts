import type { IncomingMessage, ServerResponse } from 'node:http';
import { originAllowed } from '../../../start/machine/visitor.mjs';
import type { Environment } from './environment.ts';
import { bareHeaders } from './security-headers.ts';

/** All that is ever sent to pages: the forms for a key, for a name and password, and for an invitation, and words to forget and to sign out. */
const posts = new Set(['/enter', '/enter/forget', '/sign-in/begin', '/join/accept', '/sign-out']);
const maxBody = 4096;

/** A key opens only what its bearer may see. The page of a printed link names no origin, since it tells none of its address. */
const ofAnyOrigin = new Set(['/enter', '/enter/forget']);

export type Refusal = { status: number; message: string };

/**
 * Why a request for a page is refused before anything of it is read; undefined if it may pass.
 *
 * @param url its address behind the base path.
 */
export function refuseRequest(
  { method = 'GET', headers }: Pick<IncomingMessage, 'method' | 'headers'>,
  url: string,
  environment: Pick<Environment, 'dev' | 'publicHosts'>,
): Refusal | undefined {
  if (!url.startsWith('/') || !isDecodable(url)) return { status: 400, message: 'That is not an address of a page.' };
  const [path = ''] = url.split('?', 1);
  if (method === 'POST' && posts.has(path) && !ofAnyOrigin.has(path) && !originAllowed(headers.origin, headers.host, environment))
    return { status: 403, message: 'A page of another site cannot do this. Name its host in PUBLIC_HOSTS if it should.' };
  if (method === 'GET' || method === 'HEAD' || environment.dev) return undefined;
  if (method !== 'POST' || !posts.has(path)) return { status: 405, message: `Pages are read; ${method} is for nothing here.` };
  const length = Number(headers['content-length'] ?? Number.NaN);
  if (Number.isNaN(length)) return { status: 411, message: 'A form has to say how long it is.' };
  return length > maxBody ? { status: 413, message: `A form is no longer than ${maxBody} bytes.` } : undefined;
}

/** Answers a refusal. What else the visitor sends is not read: the connection ends with it. */
export function answer(response: ServerResponse, { status, message }: Refusal): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close', ...bareHeaders }).end(message);
}

function isDecodable(url: string): boolean {
  try {
    return !decodeURIComponent(url.split('?', 1)[0] as string).includes('\u0000');
  } catch {
    return false;
  }
}
