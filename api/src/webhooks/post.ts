import http from 'node:http';
import https from 'node:https';
import { lookupPublic, refusePrivateLiteral } from './public-address.ts';

export type Answer = { delivered: boolean /** For people: the status and what was said, or why it could not be reached. */; said: string };

const withinMs = 10_000;
const mostBytes = 500;

/**
 * Posts JSON. Redirects are not followed: they could lead anywhere.
 *
 * @param anywhere also to private networks and this machine
 */
export function post(url: URL, body: string, headers: Record<string, string>, anywhere: boolean): Promise<Answer> {
  return new Promise((resolve) => {
    const fail = (error: Error) =>
      resolve({ delivered: false, said: error.message || (error as NodeJS.ErrnoException).code || 'It could not be reached.' });
    try {
      if (!anywhere) refusePrivateLiteral(url.hostname);
    } catch (error) {
      return fail(error as Error);
    }
    const request = (url.protocol === 'https:' ? https : http).request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'user-agent': 'Studyhall', ...headers },
      signal: AbortSignal.timeout(withinMs),
      // One connection each: none is kept to an address that was checked long ago.
      agent: false,
      ...(anywhere ? {} : { lookup: lookupPublic }),
    });
    request.on('error', (error) =>
      fail(error.name === 'AbortError' || error.name === 'TimeoutError' ? new Error(`No answer within ${withinMs / 1000} s.`) : error),
    );
    request.on('response', (response) => {
      const status = response.statusCode ?? 0;
      let text = '';
      const end = () => resolve({ delivered: status >= 200 && status < 300, said: storable(`${status} ${text}`.trim()) });
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
        if (text.length < mostBytes) return;
        text = text.slice(0, mostBytes);
        end();
        response.destroy();
      });
      response.on('end', end).on('error', end);
    });
    request.end(body);
  });
}

/** Postgres keeps no NUL, and no half of a character. */
const storable = (text: string) => Buffer.from(text.replaceAll('\0', '')).toString();
