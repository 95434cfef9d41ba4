import { once } from 'node:events';
import { expect, it } from 'vitest';
import WebSocket from 'ws';
import { epochRow, schedule, smallSpec, TestTrainer } from '../testing/fleet.ts';
import { useApi } from '../testing/suite.ts';

const suite = useApi({ LEASE_SECONDS: '60' });

const curve = `subscription ($id: ID!) { runMetrics(id: $id) { epochs { ${Array.from({ length: 30 }, (_, i) => `f${i}: trainTerms`).join(' ')} } } }`;

it('a viewer who does not read holds up nobody, and is dropped with the reason', async () => {
  const trainer = await TestTrainer.join(suite.api);
  const [id = ''] = await schedule(suite.api, { ...smallSpec, training: { epochs: 200 } });
  const claim = await trainer.claimOrFail();
  const trainTerms = Object.fromEntries(Array.from({ length: 16 }, (_, i) => [`${i}${'t'.repeat(60)}`, i]));
  const epochs = Array.from({ length: 200 }, (_, i) => epochRow(0, i + 1, { trainTerms }));
  await trainer.commit(claim, { epochs: epochs.slice(0, 100) });

  const slow = new WebSocket(`${suite.api.url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws');
  await once(slow, 'open');
  slow.send(JSON.stringify({ type: 'connection_init' }));
  await once(slow, 'message');
  const closed = once(slow, 'close');
  slow.pause();
  // Each asks for megabytes: together more than any buffer holds.
  for (let i = 0; i < 12; i += 1)
    slow.send(JSON.stringify({ id: `${i}`, type: 'subscribe', payload: { query: curve, variables: { id } } }));

  const other = suite.api.subscribe<{ runMetrics: { epochs: { epoch: number }[] } }>(
    'subscription ($id: ID!) { runMetrics(id: $id) { epochs { epoch } } }',
    { id },
  );
  expect((await other.next()).runMetrics.epochs).toHaveLength(100);
  await trainer.commit(claim, { epochs: epochs.slice(100) });
  expect((await other.next()).runMetrics.epochs.map(({ epoch }) => epoch)[0]).toBe(101);
  await other.close();

  // It reads on: what was sent before, then why no more came.
  slow.resume();
  const [code, reason] = (await closed) as [number, Buffer];
  expect({ code, reason: String(reason) }).toEqual({ code: 1013, reason: 'What was sent is not read.' });
});
