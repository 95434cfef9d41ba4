import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Environment } from './environment.ts';

/** Of an answer of this server that is no page: nothing in it is run, and no address is told to others. */
export const bareHeaders = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/**
 * A page may run our own scripts alone: files of this origin, and what carries this answer's nonce. Next finds the nonce in the request's
 * policy and writes it on its inline scripts; ours read it from `nonceHeader`. Styles are inline in charts and formulas.
 *
 * @param url the request's address behind the base path.
 */
export function setSecurityHeaders(
  request: IncomingMessage,
  response: ServerResponse,
  url: string,
  { dev }: Pick<Environment, 'dev'>,
): void {
  const nonce = randomBytes(16).toString('base64');
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'${dev ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self'${dev ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
  request.headers['content-security-policy'] = policy;
  request.headers[nonceHeader] = nonce;
  response.setHeader('content-security-policy', policy);
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('x-frame-options', 'DENY');
  response.setHeader('cross-origin-opener-policy', 'same-origin');
  // The printed link holds the key: no other page is told of it.
  response.setHeader('referrer-policy', url.startsWith('/enter') ? 'no-referrer' : 'same-origin');
}

/** Tells our own components the nonce; what a visitor sends under this name is overwritten. */
export const nonceHeader = 'x-nonce';
