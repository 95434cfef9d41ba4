import { isDeepStrictEqual } from 'node:util';
import { ApiError } from '../errors.ts';

/**
 * How a stream can be shared by all who ask the same:
 * - `state`: each value is the whole state. Who joins gets the last one; who is slow misses what has been overtaken.
 * - `news`: the same, and a state that is as it was is not sent again.
 * - `events`: each value counts. Who joins gets what comes from then on; who falls far behind is told to ask anew.
 * - `pages`: each has a place of their own in it; what is shared is each page, read and answered once (see `SharedAnswers`).
 */
export type Sharing = 'state' | 'news' | 'events' | 'pages';

/** Of the streams that are one for all. */
type Kind = Exclude<Sharing, 'pages'>;

/** Values that may wait for a follower who is slow. */
const mostWaiting = 500;

/** Streams by their question: however many follow one, it is read once. */
export class FanOut<Value> {
  readonly #sources = new Map<string, Source<Value>>();

  /** @param isSame whether two states are equal. Parts of them that are the same object need not be looked through. */
  constructor(readonly isSame: (before: Value, now: Value) => boolean = isDeepStrictEqual) {}

  /** How many streams are read. */
  get size(): number {
    return this.#sources.size;
  }

  /**
   * Follows the stream of that question, which `start` begins if nobody follows it yet.
   *
   * @returns the values, or what `start` gave instead of a stream (a refusal): that is nobody else's.
   */
  async follow<Refusal>(
    question: string,
    sharing: Kind,
    start: () => Promise<AsyncIterableIterator<Value> | Refusal>,
  ): Promise<AsyncIterableIterator<Value> | Refusal> {
    const known = this.#sources.get(question);
    if (known) return known.follow();
    const stream = await start();
    if (!isStream<Value>(stream)) return stream;
    // Somebody else may have asked the same meanwhile.
    const other = this.#sources.get(question);
    if (other) {
      await stream.return?.();
      return other.follow();
    }
    const source = new Source(stream, sharing, this.isSame, () => this.#sources.delete(question));
    this.#sources.set(question, source);
    return source.follow();
  }
}

class Source<Value> {
  readonly #stream: AsyncIterableIterator<Value>;
  readonly #sharing: Kind;
  readonly #onEnd: () => void;
  readonly #isSame: (before: Value, now: Value) => boolean;
  readonly #followers = new Set<Follower<Value>>();
  #last: { value: Value } | undefined;

  constructor(stream: AsyncIterableIterator<Value>, sharing: Kind, isSame: (before: Value, now: Value) => boolean, onEnd: () => void) {
    this.#stream = stream;
    this.#isSame = isSame;
    this.#sharing = sharing;
    this.#onEnd = onEnd;
    void this.#read();
  }

  follow(): Follower<Value> {
    const follower: Follower<Value> = new Follower(this.#sharing, () => this.#leave(follower));
    this.#followers.add(follower);
    if (this.#last && this.#sharing !== 'events') follower.push(this.#last.value);
    return follower;
  }

  async #read(): Promise<void> {
    try {
      for await (const value of this.#stream) {
        if (this.#sharing === 'news' && this.#last && this.#isSame(this.#last.value, value)) continue;
        this.#last = { value };
        for (const follower of this.#followers) follower.push(value);
      }
      this.#end((follower) => follower.end());
    } catch (error) {
      this.#end((follower) => follower.fail(error));
    }
  }

  #end(tell: (follower: Follower<Value>) => void): void {
    this.#onEnd();
    for (const follower of [...this.#followers]) tell(follower);
  }

  #leave(follower: Follower<Value>): void {
    if (!this.#followers.delete(follower) || this.#followers.size > 0) return;
    this.#onEnd();
    void this.#stream.return?.();
  }
}

class Follower<Value> implements AsyncIterableIterator<Value> {
  readonly #sharing: Kind;
  readonly #onLeave: () => void;
  #values: Value[] = [];
  #ended: { error?: unknown } | undefined;
  #wake: (() => void) | undefined;

  constructor(sharing: Kind, onLeave: () => void) {
    this.#sharing = sharing;
    this.#onLeave = onLeave;
  }

  push(value: Value): void {
    if (this.#sharing === 'events') this.#values.push(value);
    else this.#values = [value];
    if (this.#values.length > mostWaiting) {
      this.#values = [];
      this.fail(new ApiError('BUSY', 'Changes came faster than they were taken: ask for all of it anew.'));
    }
    this.#wake?.();
  }

  end(): void {
    this.#ended ??= {};
    this.#onLeave();
    this.#wake?.();
  }

  fail(error: unknown): void {
    this.#ended ??= { error };
    this.#onLeave();
    this.#wake?.();
  }

  async next(): Promise<IteratorResult<Value>> {
    while (this.#values.length === 0 && !this.#ended)
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    const value = this.#values.shift();
    if (value !== undefined) return { done: false, value };
    const error = this.#ended?.error;
    this.#ended = {};
    if (error !== undefined) throw error;
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<Value>> {
    this.#values = [];
    this.end();
    return { done: true, value: undefined };
  }

  async throw(error: unknown): Promise<IteratorResult<Value>> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

function isStream<Value>(value: unknown): value is AsyncIterableIterator<Value> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
