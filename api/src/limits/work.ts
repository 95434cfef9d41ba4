import { AsyncLocalStorage } from 'node:async_hooks';
import { written } from '@studyhall/contract/settings/written.ts';
import { ApiError } from '../errors.ts';

/** Most connections to Postgres that one operation uses at a time: the others' are not starved, however much it asks. */
const mostConnections = 3;

/** Most bytes that one operation may read from Postgres. A page of 100 runs with 300 epochs of two networks has 15 MB. */
const maxBytes = 32_000_000;

/** Most values (fields, and items of lists) that one operation resolves: an answer of 5 MB has fewer. */
const maxValues = 250_000;

/**
 * What one operation does on the server. It lives as long as its request: whoever has been answered, or is gone, needs no more
 * statements.
 */
export class Work {
  static readonly #storage = new AsyncLocalStorage<Work>();
  readonly #waiting: (() => void)[] = [];
  #connections = 0;
  #bytes = 0;
  #values = 0;
  #ended = false;
  readonly #enter: (() => Promise<() => void>) | undefined;
  #leave: (() => void) | undefined;

  /** @param enter waits for the turn of a work that first waits for its occasion, and is told by `begin` that it has come. */
  constructor(enter?: () => Promise<() => void>) {
    this.#enter = enter;
  }

  /** The work that the caller is part of; undefined for what the server does of itself. */
  static current(): Work | undefined {
    return Work.#storage.getStore();
  }

  /** Runs what belongs to this work. */
  run<Result>(act: () => Result): Result {
    return Work.#storage.run(this, act);
  }

  /**
   * Waits for its turn, once, if it has to have one.
   *
   * @throws BUSY
   */
  async begin(): Promise<void> {
    this.#leave ??= await this.#enter?.();
  }

  /** The turn is over. */
  leave(): void {
    this.#leave?.();
    this.#leave = undefined;
  }

  /**
   * Waits until the work may use one more connection.
   *
   * @returns gives it back.
   * @throws WorkEnded if its request has ended meanwhile, TOO_COMPLEX once it has read too much.
   */
  async takeConnection(): Promise<() => void> {
    if (this.#connections >= mostConnections && !this.#ended) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#connections += 1;
    if (!this.#ended && this.#bytes <= maxBytes) return () => this.#giveBack();
    this.#giveBack();
    if (this.#ended) throw new WorkEnded();
    throw tooMuch;
  }

  /** What it has read from Postgres. */
  countBytes(bytes: number): void {
    this.#bytes += bytes;
  }

  /** @throws TOO_COMPLEX once it has resolved too much. */
  countValues(count: number): void {
    this.#values += count;
    if (this.#values > maxValues) throw tooMany;
  }

  /** Whether it has read all it may, or nobody waits for it. */
  get isOver(): boolean {
    return this.#ended || this.#bytes > maxBytes;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** The request was answered or has gone: no further statement is made. */
  end(): void {
    this.#ended = true;
    for (const proceed of this.#waiting.splice(0)) {
      this.#connections += 1;
      proceed();
    }
  }

  #giveBack(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#connections -= 1;
  }
}

/** What a work is told that has read too much. */
export const tooMuch = new ApiError(
  'TOO_COMPLEX',
  `This operation reads more than ${written(maxBytes / 1e6)} MB. Ask for fewer runs, or for less of each.`,
);

/** One for all: each value that is still asked for throws it. */
const tooMany = new ApiError(
  'TOO_COMPLEX',
  `This operation's answer would hold more than ${written(maxValues)} values. Ask for fewer fields, shorter pages (first) or less deep lists.`,
);

/** Nobody waits for the result any more. */
export class WorkEnded extends Error {
  constructor() {
    super('The request has ended.');
  }
}
