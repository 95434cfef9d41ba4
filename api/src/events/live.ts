import { setTimeout as delay } from 'node:timers/promises';
import { ApiError } from '../errors.ts';
import { Work } from '../limits/work.ts';
import type { Changes, Listener } from './hub.ts';

/** A value to send, or `skip`: nothing that this subscriber would see has changed. */
export const skip = Symbol('skip');

export type LiveOptions = {
  /** At most one value in this time; changes in between are sent together. */
  everyMs?: number;
};

/** Reads that may fail one after the other (Postgres restarts, connections are wanting) before a subscription is given up. */
const mostFailures = 8;
const longestPauseMs = 5000;

/**
 * A subscription's stream: `read` is asked once at the start and then for every change. One that fails is asked again, about the same
 * changes; only a refusal (what is watched is gone, the right to see it was taken) ends the stream at once.
 *
 * An iterator written by hand, because a generator that waits cannot be stopped: its `return()` would wait, too.
 */
export function live<Value>(
  listener: Listener,
  read: (changes: Changes) => Promise<Value | typeof skip>,
  { everyMs = 0 }: LiveOptions = {},
): AsyncIterableIterator<Value> {
  let started = false;
  let lastSent = 0;
  const stop = async (): Promise<IteratorReturnResult<undefined>> => {
    listener.close();
    return { done: true, value: undefined };
  };
  return {
    async next() {
      for (;;) {
        const wait = lastSent + everyMs - performance.now();
        if (started && wait > 0) await delay(wait);
        const changes = started ? await listener.next() : 'all';
        started = true;
        if (changes === undefined) return stop();
        const value = await persist(listener, () => read(changes));
        if (value === undefined) {
          await listener.next(); // Closed meanwhile: asked once more, it throws why.
          return stop();
        }
        lastSent = performance.now();
        if (value !== skip) return { done: false, value };
        Work.current()?.leave();
      }
    },
    return: stop,
    async throw(error) {
      listener.close();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** @returns what was read; undefined if the listener was closed while it could not be. */
async function persist<Value>(listener: Listener, read: () => Promise<Value>): Promise<Value | undefined> {
  for (let failures = 1; !listener.closed; failures += 1) {
    try {
      await Work.current()?.begin();
      return await read();
    } catch (error) {
      const refused = error instanceof ApiError && error.code !== 'BUSY';
      if (refused || failures >= mostFailures) {
        listener.close();
        throw error;
      }
      Work.current()?.leave();
      // Spread, so that many who failed together do not ask together again.
      await delay(Math.min(longestPauseMs, 100 * 2 ** failures) * (0.5 + Math.random()));
    }
  }
  return undefined;
}

/** Sends the values of each list one after the other. */
export function oneByOne<Value>(lists: AsyncIterableIterator<readonly Value[]>): AsyncIterableIterator<Value> {
  let rest: readonly Value[] = [];
  const done = { done: true, value: undefined } as const;
  return {
    async next() {
      while (rest.length === 0) {
        const result = await lists.next();
        if (result.done) return done;
        rest = result.value;
      }
      await Work.current()?.begin();
      const [value, ...others] = rest;
      rest = others;
      return { done: false, value: value as Value };
    },
    async return() {
      await lists.return?.();
      return done;
    },
    async throw(error) {
      await lists.return?.();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
