import { basePath } from '@/lib/base-path.ts';

/** How far down each page in the history was, in pixels, by the key of its entry; the one that was left last comes last. */
export class Places {
  /** As many as anybody goes back. */
  static readonly most = 100;
  readonly #places: Map<string, number>;

  constructor(entries: Iterable<readonly [string, number]> = []) {
    this.#places = new Map(entries);
  }

  get(key: string): number | undefined {
    return this.#places.get(key);
  }

  set(key: string, place: number): void {
    this.#places.delete(key);
    this.#places.set(key, place);
    const [oldest] = this.#places.keys();
    if (this.#places.size > Places.most && oldest !== undefined) this.#places.delete(oldest);
  }

  toJSON(): [string, number][] {
    return [...this.#places];
  }
}

const name = `studyhall${basePath}/places`;

/** Those of this tab that an earlier page had noted; none where the browser keeps nothing. */
export function readPlaces(): Places {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(name) ?? '[]');
    const isEntry = (entry: unknown): entry is [string, number] =>
      Array.isArray(entry) && typeof entry[0] === 'string' && Number.isFinite(entry[1]);
    return new Places(Array.isArray(kept) ? kept.filter(isEntry) : []);
  } catch {
    return new Places();
  }
}

/** Notes them for the next page of this tab. */
export function writePlaces(places: Places): void {
  try {
    sessionStorage.setItem(name, JSON.stringify(places));
  } catch {
    // Then a reload begins at the top, as it would without.
  }
}
