import type { Db } from '../db.ts';
import type { Hub, Listener } from '../events/hub.ts';
import { Work } from '../limits/work.ts';
import { type BoardPage, type BoardPlace, type BoardPlaces, readBoardPlaces } from '../sql/leaderboard.ts';
import { type BoardRow, readGroups } from './board.ts';

/** Pages that one statement reads: some 50 ms. */
const mostPages = 25;

type AskedPage = { page: BoardPage; resolve(places: BoardPlaces): void; reject(error: unknown): void };

type Rows = Promise<ReadonlyMap<number | null, BoardRow>>;

/**
 * The leaderboard as those who watch it read it: of a page only which rows stand where. The rows themselves are read once for all pages, and
 * again when Postgres has said that something of their group has changed; until then they are the very same objects.
 */
export class WatchedBoard {
  readonly #groups = new Map<string, { dataset: string; rows: Rows }>();
  #listener: Listener | undefined;
  #asked: AskedPage[] = [];
  #reading = false;

  /** @param mostGroups whose rows are kept, some 10 kB each: those of twenty pages that have none in common. */
  constructor(
    readonly db: Db,
    readonly hub: Hub,
    readonly mostGroups = 2000,
  ) {}

  /** A page, as `readBoard` gives it, or as it is a moment later: who is told of that change reads it again. */
  async read(page: BoardPage): Promise<{ rows: BoardRow[]; total: number }> {
    // Before anything is read: what changes in between is then heard.
    this.#listen();
    const { places, total } = await this.#placesOf(page);
    this.#readMissing(places);
    const rows = places.map(({ group, index }) => this.#groups.get(group)?.rows.then((known) => known.get(index)));
    this.#forgetOldest();
    return { rows: (await Promise.all(rows)).filter((row) => row !== undefined), total };
  }

  /** Pages that are asked for together are read together, one statement after the other: trainers' reports do not wait for many. */
  #placesOf(page: BoardPage): Promise<BoardPlaces> {
    return new Promise((resolve, reject) => {
      this.#asked.push({ page, resolve, reject });
      if (!this.#reading) void this.#readPlaces();
    });
  }

  async #readPlaces(): Promise<void> {
    this.#reading = true;
    // All whom one change woke ask before this turn of the event loop is over.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#asked.length > 0) {
      const batch = this.#asked.splice(0, mostPages);
      const read = (pages: readonly AskedPage[]) =>
        new Work().run(() =>
          readBoardPlaces(
            this.db,
            pages.map(({ page }) => page),
          ),
        );
      try {
        const found = await read(batch);
        for (const [i, { resolve }] of batch.entries()) resolve(found[i] ?? { places: [], total: 0 });
      } catch {
        // A page that cannot be read is no other's concern.
        for (const one of batch) await read([one]).then(([places]) => one.resolve(places ?? { places: [], total: 0 }), one.reject);
      }
    }
    this.#reading = false;
  }

  #readMissing(places: readonly BoardPlace[]): void {
    const missing = new Map<string, string>();
    // What bytes are called may change without a change of the group: by the first run of another of their names.
    for (const { group, dataset } of places) if (this.#groups.get(group)?.dataset !== dataset) missing.set(group, dataset);
    if (missing.size === 0) return;
    // For all who will ask: it belongs to nobody's work.
    const reading = new Work().run(() => readGroups(this.db, [...missing.keys()]));
    for (const [group, dataset] of missing) {
      const rows = reading.then((all) => new Map(all.flatMap((row) => (row.group_key === group ? [[row.index, row] as const] : []))));
      const one = { dataset, rows };
      this.#groups.set(group, one);
      rows.catch(() => this.#groups.get(group) === one && this.#groups.delete(group));
    }
  }

  #forgetOldest(): void {
    for (const [oldest] of this.#groups) {
      if (this.#groups.size <= this.mostGroups) return;
      this.#groups.delete(oldest);
    }
  }

  #listen(): void {
    if (this.#listener && !this.#listener.closed) return;
    this.#groups.clear();
    this.#listener = this.hub.listen(['board']);
    void this.#forget(this.#listener);
  }

  async #forget(listener: Listener): Promise<void> {
    try {
      for (let changes = await listener.next(); changes; changes = await listener.next())
        if (changes === 'all') this.#groups.clear();
        else for (const group of changes) this.#groups.delete(group);
    } catch {
      // Nothing is heard for a while: whoever reads next listens anew.
    }
  }
}
