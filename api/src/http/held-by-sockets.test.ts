import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { schedule, shapes, smallSpec, TestTrainer } from '../testing/fleet.ts';
import { type Heard, openRawSocket } from '../testing/raw-socket.ts';
import { useApi } from '../testing/suite.ts';

describe('what a socket keeps', () => {
  const suite = useApi({ LEASE_SECONDS: '60' });

  const open = (params?: object) => openRawSocket(suite.api, params);

  async function first({ socket, heard }: Awaited<ReturnType<typeof open>>, id: string): Promise<Heard> {
    for (;;) {
      const found = heard.find((message) => message.id === id);
      if (found) return found;
      await once(socket, 'message');
    }
  }

  it('is a token of its first message, and no more', async () => {
    const { socket } = await open({ junk: 'x'.repeat(5000) });
    const [code] = (await once(socket, 'close')) as [number];
    expect(code).toBe(4403);
  });

  it('are documents up to a bound, shared by all sockets of a client; variables that nothing declares are not kept', async () => {
    const query = (length: number) => `subscription { trainersChanged { id } } #${'x'.repeat(length)}`;
    const subscribe = (id: number, length: number) => ({ id: `${id}`, type: 'subscribe', payload: { query: query(length) } });
    const one = await open();
    await once(one.socket, 'message');
    one.say({ id: 'junk', type: 'subscribe', payload: { query: query(0), variables: { junk: 'x'.repeat(200_000) } } });
    expect((await first(one, 'junk')).type).toBe('next');
    for (let i = 0; i < 4; i += 1) {
      one.say(subscribe(i, 230_000));
      expect((await first(one, `${i}`)).type).toBe('next');
    }
    const other = await open();
    await once(other.socket, 'message');
    other.say(subscribe(1, 230_000));
    expect(await first(other, '1')).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'BUSY' } }] });
    one.socket.close();
    await once(one.socket, 'close');
    await expect
      .poll(async () => {
        const id = `${Math.random()}`;
        other.say({ ...subscribe(0, 230_000), id });
        return (await first(other, id)).type;
      })
      .toBe('next');
    other.socket.close();
  });

  it('is not what was read for an earlier event', async () => {
    await TestTrainer.join(suite.api, { datasets: [shapes] });
    const [id] = await schedule(suite.api, smallSpec, [1]);
    const board = suite.api.subscribe<{ leaderboardChanged: { edges: { node: { runs: { note: string }[] } }[] } }>(
      'subscription { leaderboardChanged(first: 5) { edges { node { runs { note } } } } }',
    );
    await board.next();
    const annotate = 'mutation ($id: ID!) { annotateRun(id: $id, note: "seen") { id } }';
    await suite.api.get(annotate, { id }, suite.api.key);
    const { leaderboardChanged } = await board.next();
    expect(leaderboardChanged.edges.map(({ node }) => node.runs)).toEqual([[{ note: 'seen' }]]);
    await board.close();
  });
});
