import { once } from 'node:events';
import WebSocket from 'ws';
import type { TestApi } from './api.ts';

/** A message of graphql-transport-ws. */
export type Heard = { id?: string; type: string; payload?: unknown };

/** A socket to the API on which a test speaks the protocol itself. `heard` grows; `params` are those of the first message, which is sent. */
export async function openRawSocket({ url }: Pick<TestApi, 'url'>, params: object = {}) {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws');
  const heard: Heard[] = [];
  socket.on('message', (data) => heard.push(JSON.parse(String(data)) as Heard));
  await once(socket, 'open');
  const say = (message: object) => socket.send(JSON.stringify(message));
  say({ type: 'connection_init', payload: params });
  return { socket, heard, say };
}
