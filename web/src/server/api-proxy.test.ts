import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { belongsToApi, createApiProxy } from './api-proxy.ts';
import { readEnvironment } from './environment.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return (server.address() as AddressInfo).port;
}

/** An API that answers with the headers it was sent, behind a proxy in the given environment. */
async function proxied(env: Record<string, string>): Promise<number> {
  const api = createServer((incoming, response) => response.end(JSON.stringify(incoming.headers)));
  const proxy = createApiProxy(readEnvironment({ API_URL: `http://127.0.0.1:${await listen(api)}`, ...env }));
  const web = createServer((incoming, response) => void proxy.web(incoming, response));
  return listen(web);
}

async function headersSeen(port: number, headers: Record<string, string>): Promise<IncomingHttpHeaders> {
  const text = await new Promise<string>((done, failed) => {
    request({ port, path: '/graphql', headers }, (response) => {
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
    expect(['/graphql', '/graphql?query=x', '/artifacts/ab'].map(belongsToApi)).toEqual([true, true, true]);
    expect(['/', '/graphqlx', '/runs', undefined].map(belongsToApi)).toEqual([false, false, false, false]);
  });

  it('passes cookies and the visitor’s Host on', async () => {
    const seen = await headersSeen(await proxied({}), { cookie: 'studyhall_key=k', host: 'localhost:3000' });
    expect(seen.cookie).toBe('studyhall_key=k');
    expect(seen.host).toBe('localhost:3000');
    // Of a request that comes from here nothing says otherwise: the API would ask for a key.
    expect(Object.keys(seen).filter((name) => name.startsWith('x-'))).toEqual([]);
  });

  it('says that the API is away instead of hanging', async () => {
    const port = await proxied({ API_URL: 'http://127.0.0.1:9' });
    const response = await fetch(`http://127.0.0.1:${port}/graphql`);
    expect(response.status).toBe(502);
    expect(await response.text()).toContain('http://127.0.0.1:9 does not answer');
  });
});
