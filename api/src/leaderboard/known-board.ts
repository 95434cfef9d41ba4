import { canonical } from '@studyhall/contract/spec/canonical.ts';
import { LRUCache } from 'lru-cache';
import { atOneMoment, type Db, type Tx } from '../db.ts';
import type { Prepared } from '../postgres/prepared.ts';
import { type BoardMark, type BoardPage, type Moment, momentSince, readBoardMarks, readMark } from '../sql/leaderboard.ts';
import { type BoardRow, readGroups } from './board.ts';

/** Rows that are kept, some 10 kB each, and rows of pages that are: those of twenty pages that have none in common. */
const mostRows = 2000;

type Read = { rows: BoardRow[]; total: number };

/**
 * The leaderboard as questions read it: a page anew only if anything may have changed since, and then its marks, and of its rows those whose
 * marks were not read before. Whoever reads a row again as it was gets the very same object, of which what was answered is known.
 */
export class KnownBoard {
  readonly #rows = new LRUCache<string, BoardRow>({ max: mostRows });
  readonly #pages = new LRUCache<string, { read: Read; moment: string }>({
    maxSize: mostRows,
    sizeCalculation: ({ read: { rows } }) => rows.length + 1,
  });

  constructor(
    readonly db: Db,
    readonly prepared: Prepared,
  ) {}

  /** A page, as `readBoard` gives it. */
  async read(page: BoardPage): Promise<Read> {
    const asked = canonical(page);
    const known = this.#pages.get(asked);
    // Taken before anything is read: what changes in between is taken for news.
    const [moment] = await this.prepared.run<Moment>('moment of the board', momentSince(known?.moment));
    if (known && moment && !moment.moved) return known.read;
    const read = await this.#readAnew(page);
    if (moment) this.#pages.set(asked, { read, moment: moment.now });
    return read;
  }

  async #readAnew(page: BoardPage): Promise<Read> {
    return this.#known(await readBoardMarks(this.db, page)) ?? (await atOneMoment(this.db, (tx) => this.#readMissing(tx, page)));
  }

  #known(marks: readonly BoardMark[]): Read | undefined {
    const rows = marks.flatMap(({ mark }) => this.#rows.get(mark) ?? []);
    return rows.length === marks.length ? { rows, total: marks[0]?.total ?? 0 } : undefined;
  }

  /** Marks and rows are of the same moment: what is kept of a mark is right for ever. */
  async #readMissing(tx: Tx, page: BoardPage): Promise<Read> {
    const marks = (await readBoardMarks(tx, page)).map(({ mark, total }) => ({ mark, total, ...readMark(mark) }));
    const missing = new Set(marks.flatMap(({ mark, group }) => (this.#rows.has(mark) ? [] : group)));
    const read = new Map((await readGroups(tx, [...missing])).map((row) => [`${row.group_key} ${row.index}`, row]));
    const rows = marks.flatMap(({ mark, group, index }) => {
      const row = this.#rows.get(mark) ?? read.get(`${group} ${index}`);
      if (row) this.#rows.set(mark, row);
      return row ?? [];
    });
    return { rows, total: marks[0]?.total ?? 0 };
  }
}
