import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { belongsToApi, createApiProxy } from './api-proxy.ts';
import { readEnvironment } from './environment.ts';

const hasIPv6 = Object.values(networkInterfaces()).some((own) => own?.some(({ address }) => address === '::1'));

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
});

async function listen(server: Server, host = '127.0.0.1'): Promise<number> {
  servers.push(server);
  await new Promise<void>((ready, failed) => server.once('error', failed).listen(0, host, ready));
  return (server.address() as AddressInfo).port;
}

/** An API that answers with the headers and the address it was sent, behind a proxy in the given environment. */
async function proxied(env: Record<string, string>): Promise<number> {
  const api = createServer((incoming, response) => response.end(JSON.stringify({ ...incoming.headers, url: incoming.url })));
  const proxy = createApiProxy(readEnvironment({ API_URL: `http://127.0.0.1:${await listen(api)}`, ...env }));
  const web = createServer((incoming, response) => void proxy.web(incoming, response));
  return listen(web);
}

async function headersSeen(port: number, headers: Record<string, string>, path = '/graphql'): Promise<IncomingHttpHeaders> {
  const text = await new Promise<string>((done, failed) => {
    request({ port, path, headers }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => done(body));
    })
      .on('error', failed)
      .end();
  });
  return JSON.parse(text) as IncomingHttpHeaders;
}

describe('the way to the API', () => {
  it('takes GraphQL and artifacts, and nothing that merely begins alike', () => {
    expect(['/graphql', '/graphql?query=x', '/artifacts/ab', '/exports/mine'].map(belongsToApi)).toEqual([true, true, true, true]);
    expect(['/', '/graphqlx', '/runs', undefined].map(belongsToApi)).toEqual([false, false, false, false]);
  });

  it.skipIf(!hasIPv6)('leads to an API with an IPv6 address, too (skipped on a machine without)', async () => {
    const api = createServer((_incoming, response) => response.end('{"from":"::1"}'));
    const port = await proxied({ API_URL: `http://[::1]:${await listen(api, '::1')}` });
    expect(await headersSeen(port, {})).toEqual({ from: '::1' });
  });

  it('passes cookies and the visitor’s Host on', async () => {
    const seen = await headersSeen(await proxied({}), { cookie: 'studyhall_key=k', host: 'localhost:3000' });
    expect(seen.cookie).toBe('studyhall_key=k');
    expect(seen.host).toBe('localhost:3000');
  });

  it('passes on nothing of a cookie that can be no key, so that none can do harm there', async () => {
    const port = await proxied({});
    const cookie = (text: string) => headersSeen(port, { cookie: text }).then((seen) => seen.cookie);
    expect(await cookie(`theme=dark; studyhall_3000_1a2b=${'x'.repeat(2000)}; studyhall_3001_ff=shp_a`)).toBe('studyhall_3001_ff=shp_a');
    expect(await cookie('studyhall_3000_1a2b=; _ga=1')).toBeUndefined();
  });

  it('asks the API at its own addresses, whatever path Studyhall lies on', async () => {
    const port = await proxied({ BASE_PATH: '/studyhall' });
    for (const [asked, seen] of [
      ['/studyhall/graphql?query=x', '/graphql?query=x'],
      ['/graphql', '/graphql'],
      ['/studyhall/artifacts/ab', '/artifacts/ab'],
    ] as const)
      expect((await headersSeen(port, {}, asked)).url).toBe(seen);
  });

  it('adds nothing to a request that comes from here: the API would ask for a key', async () => {
    const seen = await headersSeen(await proxied({}), { host: 'localhost:3000' });
    expect(Object.keys(seen).filter((name) => name.startsWith('x-'))).toEqual([]);
  });

  it('is let go of once idle, before the API closes it under a request', async () => {
    const api = createServer((_request, response) => response.end('{}'));
    api.keepAliveTimeout = 65_000;
    const closed = new Promise((resolve) => api.on('connection', (socket) => socket.on('close', resolve)));
    const proxy = createApiProxy(readEnvironment({ API_URL: `http://127.0.0.1:${await listen(api)}` }));
    await headersSeen(await listen(createServer((incoming, response) => void proxy.web(incoming, response))), {});
    await closed;
  });

  it('says that the API is away instead of hanging', async () => {
    const port = await proxied({ API_URL: 'http://127.0.0.1:9' });
    const response = await fetch(`http://127.0.0.1:${port}/graphql`);
    expect(response.status).toBe(502);
    expect(await response.text()).toContain('http://127.0.0.1:9 does not answer');
  });
});
