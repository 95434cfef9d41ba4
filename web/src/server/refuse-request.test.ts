import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { answer, refuseRequest } from './refuse-request.ts';

const status = (method: string, url: string, headers: Record<string, string> = {}) =>
  refuseRequest({ method, headers }, url, { dev: false, publicHosts: ['bench.example'] })?.status;

describe('a request for a page', () => {
  it('is read, and nothing else', () => {
    for (const url of ['/', '/runs/run_1', '/deck?scale=tiny', '/runs/%E2%82%AC', '/runs/%C3%BC?x=%ff'])
      expect(status('GET', url)).toBeUndefined();
    for (const method of ['PUT', 'DELETE', 'OPTIONS', 'TRACE', 'POST']) expect(status(method, '/runs')).toBe(405);
  });

  it('has an address that can be read', () => {
    for (const url of ['/runs/%ff%fe', '/runs/%', '*', 'http://elsewhere.example/', '/%00', '']) expect(status('GET', url), url).toBe(400);
  });

  it('sends no more than the form for a key, and the word to forget one', () => {
    expect(status('POST', '/enter/forget', { 'content-length': '0' })).toBeUndefined();
    expect(status('POST', '/enter', { 'content-length': '60' })).toBeUndefined();
    expect(status('POST', '/enter?from=here', { 'content-length': '4096' })).toBeUndefined();
    expect(status('POST', '/enter', { 'content-length': '4097' })).toBe(413);
    expect(status('POST', '/enter', { 'content-length': '209715200' })).toBe(413);
    expect(status('POST', '/enter', { 'transfer-encoding': 'chunked' })).toBe(411);
  });

  it('signs in, joins and signs out for pages of its own alone', () => {
    for (const url of ['/sign-in/begin', '/join/accept', '/sign-out']) {
      const from = (origin: string, host = 'bench.example') => status('POST', url, { 'content-length': '9', origin, host });
      expect(status('POST', url, { 'content-length': '9', host: 'bench.example' })).toBeUndefined();
      expect(from('https://bench.example')).toBeUndefined();
      expect(from('http://localhost:3000', 'localhost:3000')).toBeUndefined();
      for (const origin of ['https://evil.example', 'null', 'https://bench.example.evil.example', 'https://bench.example:8443', 'file://'])
        expect(from(origin), origin).toBe(403);
      expect(from('http://localhost:3001', 'localhost:3000')).toBe(403);
    }
  });

  it('that is refused is answered by what no browser runs, keeps or tells others of', async () => {
    const server = createServer((_request, response) => answer(response, { status: 405, message: 'No.' })).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { headers, status } = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    server.close();
    expect(status).toBe(405);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });
});
