import { readdir, readFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { generate } from '../attack/generator/run.ts';
import { aimAt } from '../attack/target.ts';
import { type House, startHouse } from './house.ts';

let house: House;
test.beforeAll(async () => {
  house = await startHouse();
});
test.afterAll(() => house?.stop());

/** What the pages' server answers to bytes as they are; empty if it ends the connection without a word. */
function send(bytes: string): Promise<string> {
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

const head = (line: string, ...headers: string[]) =>
  [line, `Host: localhost:${new URL(house.web).port}`, 'Connection: close', ...headers, '', ''].join('\r\n');

test('upgrades to a path that is none are answered and closed: no descriptor is left over', async () => {
  const { web } = await house.services();
  const descriptors = async () => (await readdir(`/proc/${web}/fd`)).length;
  const before = await descriptors();
  const upgrade = head(
    'GET /nothing HTTP/1.1',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ).replace('Connection: close', 'Connection: Upgrade');
  const answers = await Promise.all(Array.from({ length: 250 }, () => send(upgrade)));
  for (const answer of answers) expect(answer).toMatch(/^HTTP\/1\.1 404 /);
  await expect.poll(descriptors).toBeLessThan(before + 20);
});

test('what is no request for a page is refused unread', async () => {
  expect(await send(head('POST /enter HTTP/1.1', 'Content-Length: 209715200'))).toMatch(/^HTTP\/1\.1 413 /);
  expect(await send(head('POST /enter HTTP/1.1', 'Transfer-Encoding: chunked'))).toMatch(/^HTTP\/1\.1 411 /);
  for (const type of ['text/plain', 'multipart/form-data; boundary=x'])
    expect(await send(head('POST /enter HTTP/1.1', 'Content-Length: 0', `Content-Type: ${type}`))).toMatch(/^HTTP\/1\.1 303 /);
  expect(await send(head('GET /runs/%ff%fe HTTP/1.1'))).toMatch(/^HTTP\/1\.1 400 /);
  expect(await send(head('OPTIONS * HTTP/1.1'))).toMatch(/^HTTP\/1\.1 400 /);
  expect(await send(head('DELETE /runs HTTP/1.1'))).toMatch(/^HTTP\/1\.1 405 /);
});

test('pages run our own scripts alone, and tell nobody of the link', async ({ page, request }) => {
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

test('after requests made by chance and reports out of their mind, every page still opens', async ({ page }) => {
  const { api: pid } = await house.services();
  const trainerToken = async () => (await readFile(path.join(house.home, 'trainer-token'), 'utf8')).trim();
  const { api: url, home, key, ask } = house;
  const noDatabase = { query: () => Promise.reject(new Error('The house has a database of its own.')) };
  const { complaints } = await generate(await aimAt({ url, home, pid, key, ask, trainerToken }, noDatabase), 100, 11);
  expect(complaints).toEqual([]);
  await page.goto(house.link);
  const { runs } = await ask<{ runs: { edges: { node: { id: string } }[] } }>('{ runs(first: 1) { edges { node { id } } } }');
  const runPages = runs.edges.map(({ node }) => `/runs/${node.id}`);
  expect(runPages).not.toEqual([]);
  for (const address of ['/', '/runs', '/schedule', '/experiments', '/deck', '/deck/mutual', '/trainers', ...runPages]) {
    const answer = await page.goto(house.web + address, { waitUntil: 'domcontentloaded' });
    expect(answer?.status(), address).toBe(200);
    await expect(page.getByRole('heading', { level: 1 }), address).toBeVisible();
    await expect(page.getByText('could not be reached'), address).toHaveCount(0);
  }
});

test('behind a proxy on this machine nothing is open', async ({ request }) => {
  const query = { data: { query: '{ runs { totalCount } }' } };
  expect(await (await request.post(`${house.web}/graphql`, query)).json()).toEqual({ data: { runs: { totalCount: expect.any(Number) } } });
  const forwarded = { headers: { 'x-forwarded-for': '10.0.0.7' } };
  expect(await (await request.post(`${house.web}/graphql`, { ...query, ...forwarded })).text()).toContain('UNAUTHENTICATED');
  expect(await (await request.post(`${house.api}/graphql`, { ...query, ...forwarded })).text()).toContain('UNAUTHENTICATED');
  expect(await (await request.get(`${house.web}/runs`, forwarded)).text()).toContain('key');
  expect((await request.get(`${house.api}/artifacts/${'0'.repeat(64)}`, forwarded)).status()).toBe(401);
});
