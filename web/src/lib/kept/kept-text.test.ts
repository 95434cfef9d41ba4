import { afterEach, describe, expect, it, vi } from 'vitest';
import { forget, keep, readKept } from './kept-text.ts';

/** A browser's storage as it behaves: here in memory, or refusing. */
class Stored {
  readonly texts = new Map<string, string>();
  constructor(private readonly refuses = false) {}
  getItem(key: string) {
    return this.texts.get(key) ?? null;
  }
  setItem(key: string, text: string) {
    if (this.refuses) throw new DOMException('full', 'QuotaExceededError');
    this.texts.set(key, text);
  }
  removeItem(key: string) {
    this.texts.delete(key);
  }
  key(index: number) {
    return [...this.texts.keys()][index] ?? null;
  }
  get length() {
    return this.texts.size;
  }
}

const open = (sessionStorage: Stored, localStorage: Stored) => vi.stubGlobal('window', { sessionStorage, localStorage });
const typedAt = (place: string) => readKept<string>(place)?.value ?? null;

afterEach(() => {
  for (const place of ['a', 'b', 'other']) forget(place);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('text that is typed', () => {
  it('is kept until it is sent or discarded, each place by itself', () => {
    open(new Stored(), new Stored());
    expect(keep('a', 'one')).toBe(true);
    keep('b', 'two');
    expect([typedAt('a'), typedAt('b'), typedAt('other')]).toEqual(['one', 'two', null]);
    forget('a');
    expect([typedAt('a'), typedAt('b')]).toEqual([null, 'two']);
  });

  it('is this tab’s own where several write at one place, and outlives a closed one', async () => {
    const shared = new Stored();
    const mine = new Stored();
    open(mine, shared);
    keep('a', 'mine');
    // Another tab: the same page's scripts anew, a session of its own.
    vi.resetModules();
    const other = await import('./kept-text.ts');
    open(new Stored(), shared);
    other.keep('a', 'theirs');
    vi.resetModules();
    const reloaded = await import('./kept-text.ts');
    open(mine, shared);
    expect(reloaded.readKept('a')?.value).toBe('mine');
    open(new Stored(), shared);
    expect(reloaded.readKept('a')?.value).toBe('theirs');
  });

  it('lives as long as the page where storage is full or forbidden, and breaks nothing', () => {
    open(new Stored(true), new Stored(true));
    expect(keep('a', 'one')).toBe(false);
    expect(typedAt('a')).toBe('one');
    const forbidden = () => {
      throw new DOMException('denied', 'SecurityError');
    };
    vi.stubGlobal('window', Object.defineProperties({}, { sessionStorage: { get: forbidden }, localStorage: { get: forbidden } }));
    expect(keep('b', 'two')).toBe(false);
    expect([typedAt('a'), typedAt('b')]).toEqual(['one', 'two']);
  });

  it('is not shown where it is damaged, or older than a month', () => {
    const session = new Stored();
    open(session, new Stored());
    for (const damaged of ['{', '7', 'null', '{"at":"x"}']) {
      session.texts.set('studyhall/typed/a', damaged);
      expect(readKept('a')).toBeNull();
    }
    vi.useFakeTimers({ now: 0 });
    keep('b', 'old');
    vi.setSystemTime(31 * 24 * 3600 * 1000);
    expect(readKept('b')).toBeNull();
  });

  it('takes no more than its share: the oldest makes room', () => {
    const session = new Stored();
    open(session, new Stored());
    session.setItem('of others', 'x');
    vi.useFakeTimers({ now: 1 });
    for (let index = 0; index < 45; index++) {
      vi.setSystemTime(index + 1);
      keep(`many ${index}`, index);
    }
    const kept = [...session.texts.keys()];
    expect(kept).toHaveLength(41);
    expect(kept).toContain('of others');
    expect(kept).not.toContain('studyhall/typed/many 4');
    expect(kept).toContain('studyhall/typed/many 5');
    for (let index = 0; index < 45; index++) forget(`many ${index}`);
  });
});
