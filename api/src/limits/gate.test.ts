import { describe, expect, it } from 'vitest';
import { Gate } from './gate.ts';

const heavy = 20_000;

/** Asks to be let in, and notes who was. */
function asker(gate: Gate) {
  const inside: string[] = [];
  const leave = new Map<string, () => void>();
  const ask = (client: string, what: string, cost = heavy) =>
    gate.enter(client, cost).then((done) => {
      inside.push(what);
      leave.set(what, done);
    });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return {
    inside,
    ask,
    turn,
    leave: async (what: string) => {
      leave.get(what)?.();
      await turn();
    },
  };
}

describe('the gate', () => {
  it('lets light operations pass those that wait, and one heavy one in whatever it costs', async () => {
    const { inside, ask, turn } = asker(new Gate());
    void ask('a', 'huge', 60_000);
    void ask('a', 'next');
    await ask('b', 'light', 500);
    await turn();
    expect(inside).toEqual(['huge', 'light']);
  });

  it('lets those who wait in client by client, not by who asked most', async () => {
    const { inside, ask, leave, turn } = asker(new Gate());
    for (const what of ['a1', 'a2', 'a3', 'a4']) void ask('a', what);
    void ask('b', 'b1');
    await turn();
    expect(inside).toEqual(['a1']);
    for (const what of ['a1', 'a2', 'b1', 'a3']) await leave(what);
    expect(inside).toEqual(['a1', 'a2', 'b1', 'a3', 'a4']);
  });

  it('tells who asks without end that it is busy, and nobody else', async () => {
    const gate = new Gate();
    const { ask } = asker(gate);
    for (let i = 0; i < 51; i += 1) void ask('a', `a${i}`);
    await expect(gate.enter('a', heavy)).rejects.toMatchObject({ code: 'BUSY' });
    void ask('b', 'b');
    await ask('a', 'light', 10);
  });

  it('counts what leaves once', async () => {
    const gate = new Gate();
    const done = await gate.enter('a', heavy);
    done();
    done();
    const { inside, ask, turn } = asker(gate);
    void ask('a', 'one');
    void ask('a', 'other');
    await turn();
    expect(inside).toEqual(['one']);
  });
});
