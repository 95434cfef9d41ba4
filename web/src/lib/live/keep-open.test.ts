import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KeptOpen, type LiveState, type Sink } from './keep-open.ts';

type Data = { n: number };

const half = () => 0.5;

/** A stream whose two ends the test holds. */
function setUp({ told = false, listens = true } = {}) {
  const states: LiveState['kind'][] = [];
  const heard: number[] = [];
  const sinks: Sink<Data>[] = [];
  const reads: { succeed(): void; fail(error: unknown): void }[] = [];
  let closed = 0;
  let last: LiveState = { kind: 'opening' };
  const kept = new KeptOpen<Data>(
    {
      open: (sink) => {
        sinks.push(sink);
        if (listens) setTimeout(() => sink.listening(), 100);
        return () => closed++;
      },
      onData: ({ n }) => heard.push(n),
      onState: (state) => {
        last = state;
        if (states.at(-1) !== state.kind) states.push(state.kind);
      },
      catchUp: told ? undefined : () => new Promise<void>((succeed, fail) => reads.push({ succeed, fail })),
    },
    half,
  );
  return {
    kept,
    states,
    heard,
    sinks,
    reads,
    closings: () => closed,
    state: () => last,
    sink: () => sinks.at(-1) as Sink<Data>,
    /** Lets time pass until what was asked for has been asked, and answers it. */
    caughtUp: async () => {
      await vi.advanceTimersByTimeAsync(2000);
      reads.at(-1)?.succeed();
      await vi.advanceTimersByTimeAsync(0);
    },
  };
}

const internal = [{ message: 'Something went wrong.', extensions: { code: 'INTERNAL_SERVER_ERROR' } }];

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('a stream that is kept open', () => {
  it('is live once what came before it has been read, and not before', async () => {
    const { states, reads, sink, heard } = setUp();
    sink().next({ data: { n: 1 } });
    expect(heard).toEqual([1]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(states).toEqual(['opening']);
    expect(reads).toHaveLength(1);
    reads[0]?.succeed();
    await vi.advanceTimersByTimeAsync(0);
    expect(states).toEqual(['opening', 'live']);
  });

  it('is live with its first message, if it begins with all there is', () => {
    const { states, sink } = setUp({ told: true });
    sink().next({ data: { n: 1 } });
    expect(states).toEqual(['opening', 'live']);
  });

  it('reads only once the API listens, however long that takes', async () => {
    const { sink, reads, states, caughtUp } = setUp({ listens: false });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(reads).toHaveLength(0);
    sink().listening();
    await caughtUp();
    expect(reads).toHaveLength(1);
    expect(states).toEqual(['opening', 'live']);
  });

  it.each([
    ['a failed statement', (sink: Sink<Data>) => sink.error(internal)],
    ['an event that could not be read', (sink: Sink<Data>) => sink.next({ data: null, errors: internal })],
    ['its end', (sink: Sink<Data>) => sink.complete()],
    ['a socket closed for an error within', (sink: Sink<Data>) => sink.error({ code: 4500, reason: 'Internal server error' })],
  ])('after %s is opened anew, and reads what was missed', async (_, end) => {
    const { sinks, sink, states, caughtUp, closings, reads } = setUp();
    await caughtUp();
    end(sink());
    expect(states.at(-1)).toBe('lost');
    expect(closings()).toBe(1);
    await caughtUp();
    expect(sinks).toHaveLength(2);
    expect(reads).toHaveLength(2);
    expect(states).toEqual(['opening', 'live', 'lost', 'opening', 'live']);
  });

  it('hears nothing more of a stream that has ended', async () => {
    const { sinks, heard, states, caughtUp } = setUp();
    await caughtUp();
    sinks[0]?.complete();
    await caughtUp();
    sinks[0]?.next({ data: { n: 7 } });
    sinks[0]?.error(internal);
    expect(heard).toEqual([]);
    expect(states.at(-1)).toBe('live');
    expect(sinks).toHaveLength(2);
  });

  it('over a lost socket stays as it is, and reads when the socket is back; what was asked before does not count', async () => {
    const { kept, sinks, sink, reads, states, caughtUp, heard } = setUp();
    await vi.advanceTimersByTimeAsync(1000);
    kept.socketLost();
    reads[0]?.succeed();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(states).toEqual(['opening', 'lost']);
    kept.socketBack();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(reads).toHaveLength(1);
    sink().listening();
    sink().next({ data: { n: 2 } });
    await caughtUp();
    expect(states).toEqual(['opening', 'lost', 'opening', 'live']);
    expect([sinks.length, reads.length, heard]).toEqual([1, 2, [2]]);
  });

  it('begins again when what was missed cannot be read', async () => {
    const { sinks, reads, states } = setUp();
    await vi.advanceTimersByTimeAsync(1000);
    reads[0]?.fail(new TypeError('Failed to fetch'));
    await vi.advanceTimersByTimeAsync(0);
    expect(states).toEqual(['opening', 'lost']);
    await vi.advanceTimersByTimeAsync(2000);
    expect(sinks).toHaveLength(2);
    expect(reads).toHaveLength(2);
  });

  it('begins again when what it told of cannot be read', async () => {
    const { kept, sinks, states, caughtUp } = setUp();
    await caughtUp();
    kept.missed(internal);
    await caughtUp();
    expect(states).toEqual(['opening', 'live', 'lost', 'opening', 'live']);
    expect(sinks).toHaveLength(2);
  });

  it.each(['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND'])('says so and tries no more when it is refused: %s', async (code) => {
    const { sink, sinks, state } = setUp();
    sink().error([{ message: 'Reading needs the key.', extensions: { code } }]);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(state()).toEqual({ kind: 'refused', message: 'Reading needs the key.' });
    expect(sinks).toHaveLength(1);
  });

  it('waits longer after each failure, to some seconds at most, until it has lived for a while', async () => {
    const { sink, sinks, caughtUp } = setUp();
    const pauses: number[] = [];
    for (let failure = 0; failure < 7; failure++) {
      const began = Date.now();
      const openings = sinks.length;
      sink().error(internal);
      while (sinks.length === openings) await vi.advanceTimersByTimeAsync(50);
      pauses.push(Date.now() - began);
    }
    expect(pauses).toEqual([250, 500, 1000, 2000, 2000, 2000, 2000]);
    await caughtUp();
    await vi.advanceTimersByTimeAsync(11_000);
    sink().complete();
    await vi.advanceTimersByTimeAsync(300);
    expect(sinks).toHaveLength(9);
  });

  it('may end while it is being opened', () => {
    let closed = 0;
    const states: string[] = [];
    new KeptOpen<Data>({
      open: (sink) => {
        sink.error([{ message: 'no', extensions: { code: 'FORBIDDEN' } }]);
        return () => closed++;
      },
      onData: () => {},
      onState: ({ kind }) => states.push(kind),
    });
    expect([closed, states]).toEqual([1, ['opening', 'refused']]);
  });

  it('once stopped, does nothing', async () => {
    const { kept, sinks, reads, closings, states } = setUp();
    kept.stop();
    sinks[0]?.complete();
    sinks[0]?.listening();
    kept.socketBack();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([sinks.length, reads.length, closings(), states]).toEqual([1, 0, 1, ['opening']]);
  });
});
