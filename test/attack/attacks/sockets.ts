import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import net from 'node:net';
import { getIntrospectionQuery } from 'graphql';
import WebSocket from 'ws';
import { schedule, smallSpec } from '../../../api/src/testing/fleet.ts';
import { until } from '../../chaos/fleet/until.ts';
import { type Attack, expectations } from '../attack.ts';
import { codesOf, graphql } from '../request.ts';

/** A socket that speaks graphql-transport-ws, and what it heard. */
class Socket {
  readonly heard: { id?: string; type: string; payload?: unknown }[] = [];
  closed: { code: number; reason: string } | undefined;

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data) => this.heard.push(JSON.parse(String(data))));
    socket.on('close', (code, reason) => {
      this.closed = { code, reason: String(reason) };
    });
    socket.on('error', () => undefined);
  }

  static async open(url: string, headers: Record<string, string> = {}, params: object = {}): Promise<Socket> {
    const opened = new Socket(new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws', { headers }));
    await once(opened.socket, 'open');
    opened.say({ type: 'connection_init', payload: params });
    await until(
      'the socket is let in',
      () => opened.heard.some(({ type }) => type === 'connection_ack') || opened.closed !== undefined,
      Boolean,
    );
    return opened;
  }

  say(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  subscribe(id: string, query: string, variables: object = {}): void {
    this.say({ id, type: 'subscribe', payload: { query, variables } });
  }

  of(id: string, type = 'next') {
    return this.heard.filter((message) => message.id === id && message.type === type);
  }
}

/** What is done over WebSockets. */
export const sockets: readonly Attack[] = [
  {
    who: 'another page',
    what: 'a page of another port of this machine, with the visitor’s cookie, opens a WebSocket; and one of this origin creates a token over it',
    right: 'the origin has to be this one; mutations go over HTTP only',
    run: async ({ url, key }) => {
      const { complaints, expect } = expectations();
      const cookie = `studyhall_key=${key}`;
      const status = await new Promise<number>((resolve) => {
        const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws', {
          headers: { cookie, origin: 'http://localhost:3899' },
        });
        socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
        socket.on('open', () => resolve(101));
        socket.on('error', () => undefined);
      });
      expect(status === 403, `its socket: ${status}`);
      const own = await Socket.open(url, { cookie, origin: url });
      own.subscribe('1', 'mutation { createToken(name: "mine", role: PERSON) { token } }');
      await until(
        'the mutation is answered',
        () => own.heard.length,
        (count) => count > 1,
      );
      expect(own.of('1', 'error').length === 1 && !JSON.stringify(own.heard).includes('shp_'), JSON.stringify(own.heard.slice(1)));
      own.socket.close();
      return complaints;
    },
  },
  {
    who: 'anyone',
    what: '5,000 subscriptions on one socket, then a change',
    right: 'a hundred a socket; one read for all who ask the same',
    run: async (target) => {
      const { complaints, expect } = expectations();
      const trainer = await target.trainer();
      const [runId] = await schedule(target.api(), smallSpec, [Math.floor(Math.random() * 1e9)], { priority: 100 });
      const socket = await Socket.open(target.url);
      for (let i = 0; i < 5000; i += 1)
        socket.subscribe(String(i), 'subscription ($id: ID!) { runChanged(id: $id) { state } }', { id: runId });
      const first = () => new Set(socket.heard.map(({ id }) => id)).size - 1;
      await until('all were answered', first, (count) => count === 5000);
      const refused = socket.heard.filter(({ type }) => type === 'error').length;
      const open = new Set(socket.heard.flatMap(({ type, id }) => (type === 'next' ? [id] : []))).size;
      expect(refused + open === 5000 && open >= 50 && open <= 100, `${open} were opened, ${refused} refused`);
      await trainer.claimOrFail();
      const running = () => socket.heard.filter(({ payload }) => JSON.stringify(payload ?? '').includes('RUNNING')).length;
      await until('all heard of the change', running, (count) => count >= open);
      socket.socket.close();
      return complaints;
    },
  },
  {
    who: 'anyone',
    what: 'a reader that pauses under a flood of large values',
    right: 'is closed; what waits for it is bounded',
    run: async (target) => {
      const { complaints, expect } = expectations();
      const { hostname, port, host } = new URL(target.url);
      const socket = net.connect(Number(port), hostname);
      socket.on('error', () => undefined);
      socket.write(
        `GET /graphql HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n` +
          'Sec-WebSocket-Protocol: graphql-transport-ws\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
      );
      await once(socket, 'data');
      socket.write(frame('{"type":"connection_init"}'));
      await once(socket, 'data');
      // From here on it reads nothing.
      socket.pause();
      const introspection = getIntrospectionQuery();
      for (let i = 0; i < 90; i += 1)
        socket.write(frame(JSON.stringify({ id: String(i), type: 'subscribe', payload: { query: introspection } })));
      const asking = setInterval(
        () => socket.write(frame(JSON.stringify({ id: `${Math.random()}`, type: 'subscribe', payload: { query: introspection } }))),
        20,
      );
      const closed = await until(
        'the server has let go of it',
        () => isHeld(Number(port), socket.localPort ?? 0),
        (open) => !open,
        30,
      ).then(
        () => true,
        () => false,
      );
      clearInterval(asking);
      expect(closed, 'a reader that reads nothing is still served');
      socket.destroy();
      return complaints;
    },
  },
  {
    who: 'anyone',
    what: 'a subscription outlives its key',
    right: 'checked again at events; closed',
    run: async (target) => {
      const { complaints, expect } = expectations();
      const create = 'mutation { createToken(name: "leaves soon", role: PERSON) { token } }';
      const created = JSON.parse((await graphql(target.url, create, {}, target.key)).text) as { data: { createToken: { token: string } } };
      const { token } = created.data.createToken;
      const socket = await Socket.open(target.url, {}, { authorization: `Bearer ${token}` });
      socket.subscribe('1', 'subscription { trainersChanged { id } }');
      await until(
        'the subscription has begun',
        () => socket.of('1').length,
        (count) => count === 1,
      );
      await target.query(`UPDATE tokens SET revoked_at = now() WHERE name = 'leaves soon'`);
      const before = socket.of('1').length;
      // Each registration is an event.
      await until(
        'the socket is closed',
        async () => {
          if (socket.closed === undefined) await target.trainer({ key: 'the-same-one-again' });
          return socket.closed;
        },
        (closed) => closed !== undefined,
      );
      expect(socket.closed?.code === 4403, `closed with ${socket.closed?.code}`);
      expect(socket.of('1').length - before <= 5, `${socket.of('1').length - before} values were still delivered`);
      const afterwards = await graphql(target.url, '{ viewer { name } }', {}, token);
      expect(codesOf(afterwards)[0] === 'UNAUTHENTICATED', afterwards.text.slice(0, 200));
      return complaints;
    },
  },
  {
    who: 'no key',
    what: 'a thousand sockets that say nothing, or nonsense',
    right: 'closed within seconds; nobody else notices',
    run: async ({ url }) => {
      const { complaints, expect } = expectations();
      const open = () => new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws');
      const all = Array.from({ length: 1000 }, open);
      let closed = 0;
      for (const [i, socket] of all.entries()) {
        socket.on('error', () => undefined);
        socket.on('close', () => {
          closed += 1;
        });
        if (i % 2 === 1)
          socket.on('open', () =>
            socket.send(i % 4 === 1 ? 'nonsense' : '{"type":"subscribe","id":"1","payload":{"query":"{__typename}"}}'),
          );
      }
      await until(
        'all were closed',
        () => closed,
        (count) => count === all.length,
        30,
      ).catch((error: Error) => expect(false, error.message));
      return complaints;
    },
  },
];

/** A masked text frame. */
function frame(text: string): Buffer {
  const payload = Buffer.from(text);
  const head =
    payload.length < 126
      ? Buffer.from([0x81, 0x80 | payload.length])
      : Buffer.from([0x81, 0xfe, payload.length >> 8, payload.length & 0xff]);
  // The mask is zero: what is masked by it stays as it is.
  return Buffer.concat([head, Buffer.alloc(4), payload]);
}

/** Whether the server still holds that connection. */
async function isHeld(port: number, local: number): Promise<boolean> {
  const hex = (value: number) => value.toString(16).toUpperCase().padStart(4, '0');
  const table = await readFile('/proc/net/tcp', 'utf8');
  // The server's end is established (01) as long as it has not let go.
  return table.split('\n').some((line) => new RegExp(`:${hex(port)} \\w+:${hex(local)} 01 `).test(line));
}
