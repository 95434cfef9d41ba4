import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { endUnread } from './end-unread.ts';

let server: Server;
afterEach(() => server.close());

/** An answer that has begun, and its reader. */
async function begin(): Promise<{ response: ServerResponse; body: ReadableStream<Uint8Array> }> {
  const begun = new Promise<ServerResponse>((resolve) => {
    server = createServer((_request, response) => {
      endUnread(response, 20);
      response.write('x');
      resolve(response);
    }).listen(0, '127.0.0.1');
  });
  await once(server, 'listening');
  const { body } = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return { response: await begun, body: body as ReadableStream<Uint8Array> };
}

it('an answer that is still being made is waited for, however long nothing comes', async () => {
  const { response, body } = await begin();
  for (let times = 0; times < 3; times += 1) await once(response, 'timeout');
  response.end('y');
  expect(await new Response(body).text()).toBe('xy');
});

it('one of which nothing is taken is ended', async () => {
  const { response } = await begin();
  // More than fits between the two.
  response.write(Buffer.alloc(64 * 1024 * 1024));
  await once(response, 'close');
  expect(response.destroyed).toBe(true);
});
