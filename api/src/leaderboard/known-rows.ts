import { LRUCache } from 'lru-cache';

/** Of the records that are kept, in characters: those of some thirty pages of five seeds a row. In memory a row has some ten times as many. */
const mostCharacters = 5_000_000;

/** Rows by what Postgres said of them: whoever reads the same again gets the very same object, of which what was answered is known. */
export class KnownRows<Row extends object> {
  readonly #rows: LRUCache<string, Row>;

  constructor(maxSize = mostCharacters) {
    this.#rows = new LRUCache({ maxSize, sizeCalculation: (_row, record) => record.length });
  }

  find(record: string): Row | undefined {
    return this.#rows.get(record);
  }

  keep(record: string, row: Row): void {
    this.#rows.set(record, row);
  }
}
