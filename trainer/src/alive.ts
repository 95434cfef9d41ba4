import { AsyncLocalStorage } from 'node:async_hooks';

const watcher = new AsyncLocalStorage<() => void>();

/** Does work that somebody watches: `sign` is called whenever a part of it, however small, is done. */
export const whileWatched = <T>(sign: () => void, work: () => Promise<T>): Promise<T> => watcher.run(sign, work);

/**
 * A sign of life. Whatever may take long calls it after each batch of anything: images, bytes of a file, rows of an assignment. Cheap, and
 * nothing where nobody watches.
 */
export const alive = (): void => watcher.getStore()?.();

/** Passes on the first call, and after that one in so many milliseconds at most. */
export const atMostEvery = (milliseconds: number, sign: () => void): (() => void) => {
  let last = Number.NEGATIVE_INFINITY;
  return () => {
    const now = performance.now();
    if (now - last < milliseconds) return;
    last = now;
    sign();
  };
};
