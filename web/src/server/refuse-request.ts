import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Environment } from './environment.ts';
import { bareHeaders } from './security-headers.ts';

/** All that is ever sent to pages: the form for a key, and the word to forget one. */
const posts = new Set(['/enter', '/enter/forget']);
const maxBody = 4096;

export type Refusal = { status: number; message: string };

/**
 * Why a request for a page is refused before anything of it is read; undefined if it may pass.
 *
 * @param url its address behind the base path.
 */
export function refuseRequest(
  { method = 'GET', headers }: Pick<IncomingMessage, 'method' | 'headers'>,
  url: string,
  { dev }: Pick<Environment, 'dev'>,
): Refusal | undefined {
  if (!url.startsWith('/') || !isDecodable(url)) return { status: 400, message: 'That is not an address of a page.' };
  if (method === 'GET' || method === 'HEAD' || dev) return undefined;
  if (method !== 'POST' || !posts.has(url.split('?', 1)[0] as string))
    return { status: 405, message: `Pages are read; ${method} is for nothing here.` };
  const length = Number(headers['content-length'] ?? Number.NaN);
  if (Number.isNaN(length)) return { status: 411, message: 'A form has to say how long it is.' };
  return length > maxBody ? { status: 413, message: `A key is no longer than ${maxBody} bytes.` } : undefined;
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
