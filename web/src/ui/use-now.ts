'use client';

import { useSyncExternalStore } from 'react';

let now: number | null = null;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Milliseconds of the page's one clock, ticking every second; null while the server renders, so that both paint the same. */
export function useNow(): number | null {
  return useSyncExternalStore(
    subscribe,
    () => {
      now ??= Date.now();
      return now;
    },
    () => null,
  );
}
