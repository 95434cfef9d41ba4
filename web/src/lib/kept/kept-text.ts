import { basePath } from '../base-path.ts';

/** What somebody typed, and when. */
export type Kept<Value> = { at: number; value: Value };

const prefix = `studyhall${basePath}/typed/`;

/** Text that nobody came back to for so long is not shown any more; where there is more than so much, the oldest is dropped. */
const longestMs = 30 * 24 * 3600 * 1000;
const most = 40;

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** Of this page's scripts: for a browser that lets pages store nothing it still holds from one page to the next. */
const memory = new Map<string, string>();
const inMemory: Store = {
  getItem: (key) => memory.get(key) ?? null,
  setItem: (key, text) => void memory.set(key, text),
  removeItem: (key) => void memory.delete(key),
  key: (index) => [...memory.keys()][index] ?? null,
  get length() {
    return memory.size;
  },
};

/** Reading the property alone may throw, where the browser forbids storage. */
function tried<Result>(work: () => Result): Result | null {
  try {
    return work();
  } catch {
    return null;
  }
}

/** In the order in which they are asked: what this tab holds comes before what was typed last in any, which outlives a closed tab. */
function stores(): Store[] {
  const kept = [tried(() => window.sessionStorage), tried(() => window.localStorage)];
  return [inMemory, ...kept.filter((store) => store !== null)];
}

/** What was typed at a place and neither sent nor discarded; null where nothing was, or the browser remembers nothing. */
export function readKept<Value>(place: string): Kept<Value> | null {
  for (const store of stores()) {
    const kept = tried(() => JSON.parse(store.getItem(prefix + place) ?? 'null') as Kept<Value> | null);
    if (kept && typeof kept.at === 'number' && Date.now() - kept.at < longestMs) return kept;
  }
  return null;
}

/**
 * Keeps what is typed at a place, in this tab and for others.
 *
 * @returns whether it outlives the page: where storage is full or forbidden it does not.
 */
export function keep<Value>(place: string, value: Value): boolean {
  const text = JSON.stringify({ at: Date.now(), value } satisfies Kept<Value>);
  let outlives = false;
  for (const store of stores()) {
    const done = tried(() => {
      store.setItem(prefix + place, text);
      return true;
    });
    if (!done) continue;
    tried(() => prune(store));
    if (store !== inMemory) outlives = true;
  }
  return outlives;
}

/** What was typed there has been sent, or is no longer wanted. */
export function forget(place: string): void {
  for (const store of stores()) tried(() => store.removeItem(prefix + place));
}

/** Drops the oldest where there are too many. */
function prune(store: Store): void {
  const keys = Array.from({ length: store.length }, (_, index) => store.key(index) ?? '').filter((key) => key.startsWith(prefix));
  if (keys.length <= most) return;
  const at = (key: string) => tried(() => (JSON.parse(store.getItem(key) ?? '') as Kept<unknown>).at) ?? 0;
  const oldestFirst = keys.map((key) => ({ key, at: at(key) })).sort((one, other) => one.at - other.at);
  for (const { key } of oldestFirst.slice(0, keys.length - most)) store.removeItem(key);
}
