import { expect, it } from 'vitest';
import { schedule, smallSpec, TestTrainer } from '../testing/fleet.ts';
import { openRawSocket } from '../testing/raw-socket.ts';
import { useApi } from '../testing/suite.ts';

const suite = useApi();

it('who asks for it is told once a subscription listens, and hears of what happens then; nobody else is', async () => {
  await TestTrainer.join(suite.api);
  const { socket, heard, say } = await openRawSocket(suite.api);
  const told = (of: object) => expect.poll(() => heard).toContainEqual(expect.objectContaining(of));
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
