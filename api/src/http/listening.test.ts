import { once } from 'node:events';
import { expect, it } from 'vitest';
import WebSocket from 'ws';
import { schedule, smallSpec, TestTrainer } from '../testing/fleet.ts';
import { useApi } from '../testing/suite.ts';

const suite = useApi();

type Heard = { id?: string; type: string; payload?: unknown };

it('who asks for it is told once a subscription listens, and hears of what happens then; nobody else is', async () => {
  await TestTrainer.join(suite.api);
  const socket = new WebSocket(`${suite.api.url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws');
  const heard: Heard[] = [];
  socket.on('message', (data) => heard.push(JSON.parse(String(data)) as Heard));
  await once(socket, 'open');
  const say = (message: object) => socket.send(JSON.stringify(message));
  const told = (of: object) => expect.poll(() => heard).toContainEqual(expect.objectContaining(of));
  say({ type: 'connection_init' });
  await told({ type: 'connection_ack' });

  const query = 'subscription { runsChanged { seed } }';
  say({ id: 'asks not', type: 'subscribe', payload: { query } });
  say({ id: 'asks', type: 'subscribe', payload: { query, extensions: { sayWhenListening: true } } });
  await told({ type: 'ping', payload: { listening: 'asks' } });
  await schedule(suite.api, smallSpec, [7]);
  await told({ id: 'asks', type: 'next', payload: { data: { runsChanged: { seed: 7 } } } });
  say({ id: 'wrong', type: 'subscribe', payload: { query: 'subscription { nothing }', extensions: { sayWhenListening: true } } });
  await told({ id: 'wrong', type: 'error' });
  expect(heard.filter(({ type }) => type === 'ping')).toHaveLength(1);
  socket.close();
});
