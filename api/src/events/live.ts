import { setTimeout as delay } from 'node:timers/promises';
import type { Changes, Listener } from './hub.ts';

/** A value to send, or `skip`: nothing that this subscriber would see has changed. */
export const skip = Symbol('skip');

export type LiveOptions = {
  /** At most one value in this time; changes in between are sent together. */
  everyMs?: number;
};

/**
 * A subscription's stream: `read` is asked once at the start and then for every change.
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
        try {
          const value = await read(changes);
          lastSent = performance.now();
          if (value !== skip) return { done: false, value };
        } catch (error) {
          listener.close();
          throw error;
        }
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
