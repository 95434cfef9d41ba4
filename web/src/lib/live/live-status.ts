import type { LiveState } from './keep-open.ts';

/** Whether all that a page shows is live: the worst that any of its streams has to say. */
export type LiveStatus = LiveState;

const streams = new Map<symbol, LiveState>();
const listeners = new Set<() => void>();
const opening: LiveStatus = { kind: 'opening' };
let status: LiveStatus = opening;

/** Adds a stream to the page's; answers how it tells its state, and how it leaves. */
export function joinPage(): { become(state: LiveState): void; leave(): void } {
  const own = Symbol();
  return {
    become: (state) => {
      streams.set(own, state);
      update();
    },
    leave: () => {
      streams.delete(own);
      update();
    },
  };
}

export function liveStatus(): LiveStatus {
  return status;
}

/** Hears of changes of the page's status. Returns how to stop. */
export function onLiveStatus(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function update(): void {
  const next = worst([...streams.values()]);
  if (next.kind === status.kind && next.kind !== 'refused') return;
  status = next;
  for (const listener of [...listeners]) listener();
}

/** Refused, lost, opening, live, in this order. A page without streams is none of them yet. */
export function worst(states: readonly LiveState[]): LiveStatus {
  const first = (kind: LiveState['kind']) => states.find((state) => state.kind === kind);
  return first('refused') ?? first('lost') ?? first('opening') ?? first('live') ?? opening;
}
