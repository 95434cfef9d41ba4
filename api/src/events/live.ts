import { setTimeout as delay } from 'node:timers/promises';
import { Work } from '../limits/work.ts';
import type { Changes, Listener } from './hub.ts';
import { mayPass, pause } from './persist.ts';

/** A value to send, or `skip`: nothing that this subscriber would see has changed. */
export const skip = Symbol('skip');

export type LiveOptions = {
  /** At most one value in this time; changes in between are sent together. */
  everyMs?: number;
  /** How long what follows a change is waited for, to be sent with it: a run that ends is seldom alone, the next one is claimed. */
  gatherMs?: number;
  /** Many read the same at the same time, once for all: that read has its turn, not each of them. */
  shared?: boolean;
};

/** A stream of what is read. */
export interface Live<Value> extends AsyncIterableIterator<Value> {
  /** False once nothing is heard any more: the next value is the end, or why. */
  readonly listening: boolean;
}

/**
 * A subscription's stream: `read` is asked once at the start and then for every change. One that fails is asked again, about the same
 * changes; only a refusal (what is watched is gone, the right to see it was taken) ends the stream at once.
 *
 * An iterator written by hand, because a generator that waits cannot be stopped: its `return()` would wait, too.
 */
export function live<Value>(
  listener: Listener,
  read: (changes: Changes) => Promise<Value | typeof skip>,
  { everyMs = 0, gatherMs = 0, shared = false }: LiveOptions = {},
): Live<Value> {
  let started = false;
  let lastSent = 0;
  const stop = async (): Promise<IteratorReturnResult<undefined>> => {
    listener.close();
    return { done: true, value: undefined };
  };
  return {
    get listening() {
      return !listener.closed;
    },
    async next() {
      for (;;) {
        const wait = lastSent + everyMs - performance.now();
        if (started && wait > 0) await delay(wait);
        const changes = started ? await gather(listener, gatherMs) : 'all';
        started = true;
        if (changes === undefined) return stop();
        const value = await persist(listener, async () => {
          if (!shared) await Work.current()?.begin();
          return read(changes);
        });
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

/** What has changed, with what changes in so many milliseconds more. */
async function gather(listener: Listener, ms: number): Promise<Changes | undefined> {
  const first = await listener.next();
  if (first === undefined || ms === 0) return first;
  await delay(ms);
  listener.again();
  const more = await listener.next();
  if (more === undefined) return undefined;
  return first === 'all' || more === 'all' ? 'all' : new Set([...first, ...more]);
}

/** @returns what was read; undefined if the listener was closed while it could not be. */
async function persist<Value>(listener: Listener, read: () => Promise<Value>): Promise<Value | undefined> {
  for (let failures = 1; !listener.closed; failures += 1) {
    try {
      return await read();
    } catch (error) {
      if (!mayPass(error) || !(await pause(error, failures))) {
        listener.close();
        throw error;
      }
    }
  }
  return undefined;
}

/** Sends the values of each list one after the other. */
export function oneByOne<Value>(lists: Live<readonly Value[]>): Live<Value> {
  let rest: readonly Value[] = [];
  const done = { done: true, value: undefined } as const;
  return {
    get listening() {
      return lists.listening;
    },
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
