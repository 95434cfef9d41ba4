'use client';

import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';

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
    now = null;
  };
}

function currentNow(): number {
  now ??= Date.now();
  return now;
}

const RenderedAt = createContext(0);

/** Gives all parts of a page the moment at which the server rendered it, so that times read alike before and after the page wakes up. */
export function NowProvider({ at, children }: { at: number; children: ReactNode }) {
  return <RenderedAt value={at}>{children}</RenderedAt>;
}

/** Milliseconds of the page's one clock, ticking every second; at first the moment at which the server rendered it. */
export function useNow(): number {
  const renderedAt = useContext(RenderedAt);
  return useSyncExternalStore(subscribe, currentNow, () => renderedAt);
}
