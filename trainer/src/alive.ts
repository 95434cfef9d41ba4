import { AsyncLocalStorage } from 'node:async_hooks';

/** Told that a part of the work is done; `silence`: seconds in which nothing more may be heard, for one call that cannot be looked into. */
export type Sign = (silence?: number) => void;

const watcher = new AsyncLocalStorage<Sign>();

/** Does work that somebody watches: `sign` is called whenever a part of it, however small, is done. */
export const whileWatched = <T>(sign: Sign, work: () => Promise<T>): Promise<T> => watcher.run(sign, work);

/**
 * A sign of life. Whatever may take long calls it after each batch of anything: images, bytes of a file, rows of an assignment. Cheap, and
 * nothing where nobody watches. Before a native call that may take long in one piece it says for how many seconds.
 */
export const alive: Sign = (silence) => watcher.getStore()?.(silence);

/** Passes on the first call, and after that one in so many milliseconds at most; whatever announces a silence, and what ends it, at once. */
export const atMostEvery = (milliseconds: number, sign: Sign): Sign => {
  let last = Number.NEGATIVE_INFINITY;
  return (silence = 0) => {
    const now = performance.now();
    if (now - last < milliseconds && silence === 0) return;
    last = silence === 0 ? now : Number.NEGATIVE_INFINITY;
    sign(silence);
  };
};
