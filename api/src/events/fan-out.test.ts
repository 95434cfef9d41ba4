import { describe, expect, it } from 'vitest';
import { FanOut } from './fan-out.ts';

/** A stream that is fed by hand, and knows how often it was begun and ended. */
function source() {
  const values: number[] = [];
  let wake = () => {};
  let failure: Error | undefined;
  const state = { begun: 0, ended: 0 };
  const start = async (): Promise<AsyncIterableIterator<number>> => {
    state.begun += 1;
    let over = false;
    const stream: AsyncIterableIterator<number> = {
      async next() {
        while (values.length === 0 && !over && !failure) await new Promise<void>((resolve) => (wake = resolve));
        if (failure) throw failure;
        return over ? { done: true, value: undefined } : { done: false, value: values.shift() as number };
      },
      async return() {
        over = true;
        state.ended += 1;
        wake();
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]: () => stream,
    };
    return stream;
  };
  const feed = (value: number) => {
    values.push(value);
    wake();
  };
  const fail = (error: Error) => {
    failure = error;
    wake();
  };
  return { start, feed, fail, state };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a stream for all who ask the same', () => {
  it('is begun once, tells all, and ends with the last who follows', async () => {
    const { start, feed, state } = source();
    const fanOut = new FanOut<number>();
    const [one, other] = [await fanOut.follow('q', 'state', start), await fanOut.follow('q', 'state', start)];
    feed(1);
    expect([(await one.next()).value, (await other.next()).value]).toEqual([1, 1]);
    await one.return?.();
    expect(state).toEqual({ begun: 1, ended: 0 });
    await other.return?.();
    expect(state).toEqual({ begun: 1, ended: 1 });
    expect(fanOut.size).toBe(0);
  });

  it('of states gives the last one to who joins, and only the newest to who is slow', async () => {
    const { start, feed } = source();
    const fanOut = new FanOut<number>();
    const slow = await fanOut.follow('q', 'state', start);
    feed(1);
    await turn();
    feed(2);
    await turn();
    const late = await fanOut.follow('q', 'state', start);
    expect((await late.next()).value).toBe(2);
    expect((await slow.next()).value).toBe(2);
    await Promise.all([late.return?.(), slow.return?.()]);
  });

  it('of news does not repeat a state that is as it was, in whatever object', async () => {
    const fanOut = new FanOut<number>((before, now) => Math.floor(before) === Math.floor(now));
    const { start, feed } = source();
    const [one, other] = [await fanOut.follow('q', 'news', start), await fanOut.follow('q', 'news', start)];
    for (const value of [1, 1.5, 1.7, 2]) {
      feed(value);
      await turn();
    }
    expect((await one.next()).value).toBe(2);
    feed(2.5);
    feed(3);
    expect((await one.next()).value).toBe(3);
    const late = await fanOut.follow('q', 'news', start);
    expect((await late.next()).value).toBe(3);
    await Promise.all([one.return?.(), other.return?.(), late.return?.()]);
  });

  it('of events gives every one, from when one joined; who falls far behind is told', async () => {
    const { start, feed } = source();
    const fanOut = new FanOut<number>();
    const first = await fanOut.follow('q', 'events', start);
    feed(1);
    await turn();
    const late = await fanOut.follow('q', 'events', start);
    feed(2);
    expect([(await first.next()).value, (await first.next()).value]).toEqual([1, 2]);
    expect((await late.next()).value).toBe(2);
    for (let i = 0; i < 600; i += 1) feed(i);
    await expect
      .poll(async () => {
        const taken = await first.next().catch((error: Error) => error.message);
        return typeof taken === 'string' ? taken : '';
      })
      .toContain('ask for all of it anew');
    await late.return?.();
  });

  it('that fails, fails for all, and is begun anew for the next', async () => {
    const { start, fail, state } = source();
    const fanOut = new FanOut<number>();
    const [one, other] = [await fanOut.follow('q', 'state', start), await fanOut.follow('q', 'state', start)];
    fail(new Error('gone'));
    await expect(one.next()).rejects.toThrow('gone');
    await expect(other.next()).rejects.toThrow('gone');
    expect(fanOut.size).toBe(0);
    await fanOut.follow('q', 'state', start);
    expect(state.begun).toBe(2);
  });

  it('that was refused is nobody else’s', async () => {
    const fanOut = new FanOut<number>();
    expect(await fanOut.follow('q', 'state', async () => 'no')).toBe('no');
    expect(fanOut.size).toBe(0);
  });
});
