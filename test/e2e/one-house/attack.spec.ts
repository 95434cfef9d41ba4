import { readdir } from 'node:fs/promises';
import net from 'node:net';
import type { House } from '../house.ts';
import { expect, test } from './test.ts';

/** What the pages' server answers to bytes as they are; empty if it ends the connection without a word. */
function send(house: House, bytes: string): Promise<string> {
  const { port } = new URL(house.web);
  return new Promise((resolve) => {
    const socket = net.connect(Number(port), '127.0.0.1', () => socket.write(bytes));
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', () => resolve(text));
    socket.on('close', () => resolve(text));
  });
}

const head = (house: House, line: string, ...headers: string[]) =>
  [line, `Host: localhost:${new URL(house.web).port}`, 'Connection: close', ...headers, '', ''].join('\r\n');

test('upgrades to a path that is none are answered and closed: no descriptor is left over', async ({ house }) => {
  const { web } = await house.services();
  const descriptors = async () => (await readdir(`/proc/${web}/fd`)).length;
  const before = await descriptors();
  const upgrade = head(
    house,
    'GET /nothing HTTP/1.1',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ).replace('Connection: close', 'Connection: Upgrade');
  const answers = await Promise.all(Array.from({ length: 250 }, () => send(house, upgrade)));
  for (const answer of answers) expect(answer).toMatch(/^HTTP\/1\.1 404 /);
  await expect.poll(descriptors).toBeLessThan(before + 20);
});

test('what is no request for a page is refused unread', async ({ house }) => {
  expect(await send(house, head(house, 'POST /enter HTTP/1.1', 'Content-Length: 209715200'))).toMatch(/^HTTP\/1\.1 413 /);
  expect(await send(house, head(house, 'POST /enter HTTP/1.1', 'Transfer-Encoding: chunked'))).toMatch(/^HTTP\/1\.1 411 /);
  for (const type of ['text/plain', 'multipart/form-data; boundary=x'])
    expect(await send(house, head(house, 'POST /enter HTTP/1.1', 'Content-Length: 0', `Content-Type: ${type}`))).toMatch(
      /^HTTP\/1\.1 303 /,
    );
  expect(await send(house, head(house, 'GET /runs/%ff%fe HTTP/1.1'))).toMatch(/^HTTP\/1\.1 400 /);
  expect(await send(house, head(house, 'OPTIONS * HTTP/1.1'))).toMatch(/^HTTP\/1\.1 400 /);
  expect(await send(house, head(house, 'DELETE /runs HTTP/1.1'))).toMatch(/^HTTP\/1\.1 405 /);
});

test('pages run our own scripts alone, and tell nobody of the link', async ({ house, stranger: page, request }) => {
  const policy = (await request.get(house.web)).headers()['content-security-policy'] ?? '';
  expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]+'(;|$)/);
  expect(policy).toContain("frame-ancestors 'none'");
  const entered = await request.get(house.link, { maxRedirects: 0 });
  expect(entered.headers()['referrer-policy']).toBe('no-referrer');
  const refused: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) refused.push(message.text());
  });
  await page.goto(house.link);
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.attacked = true';
    document.body.append(script);
  });
  expect(await page.evaluate(() => 'attacked' in window)).toBe(false);
  expect(refused).toHaveLength(1);
});

test('behind a proxy on this machine nothing is open', async ({ house, request }) => {
  const query = { data: { query: '{ runs { totalCount } }' } };
  expect(await (await request.post(`${house.web}/graphql`, query)).json()).toEqual({ data: { runs: { totalCount: expect.any(Number) } } });
  const forwarded = { headers: { 'x-forwarded-for': '10.0.0.7' } };
  expect(await (await request.post(`${house.web}/graphql`, { ...query, ...forwarded })).text()).toContain('UNAUTHENTICATED');
  expect(await (await request.post(`${house.api}/graphql`, { ...query, ...forwarded })).text()).toContain('UNAUTHENTICATED');
  expect(await (await request.get(`${house.web}/runs`, forwarded)).text()).toContain('key');
  expect((await request.get(`${house.api}/artifacts/${'0'.repeat(64)}`, forwarded)).status()).toBe(401);
});
