import { refusalOf } from './refusal.ts';
import { retryPause } from './retry-pause.ts';

/** `live` only while nothing can have been missed: the stream is open, and all that came before it has been read. */
export type LiveState = { kind: 'opening' | 'live' | 'lost' } | { kind: 'refused'; message: string };

export type Sink<Data> = {
  /** The API listens: what changes from now on will be told. Again after each loss of the socket. */
  listening(): void;
  next(message: { data?: Data | null; errors?: readonly unknown[] | undefined }): void;
  error(error: unknown): void;
  complete(): void;
};

export type Stream<Data> = {
  /** Opens it, and answers how to close it. When its socket comes back, it is open there again by itself. */
  open(sink: Sink<Data>): () => void;
  onData(data: Data): void;
  onState(state: LiveState): void;
  /** Reads what may have changed while nothing was heard. Absent for a stream that begins with all there is. */
  catchUp?: (() => Promise<unknown>) | undefined;
};

/** A stream that was live this long has recovered: its next failure is a first one. */
const recovered = 10_000;

/** Milliseconds over which readings of what was missed are spread after a loss, for then all pages come back together. */
const spread = 750;

/**
 * A stream that is kept open until it is stopped or refused for good. However it ends (an error, its end, a lost socket) it is opened
 * again after a pause, and what was missed is read before it counts as live.
 */
export class KeptOpen<Data> {
  readonly #stream: Stream<Data>;
  readonly #random: () => number;
  #state: LiveState['kind'] = 'opening';
  #close: (() => void) | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #lost = false;
  #liveSince = 0;
  /** Count up, so that what an earlier opening or reading still has to say is not heard. */
  #opening = 0;
  #reading = 0;

  constructor(stream: Stream<Data>, random: () => number = Math.random) {
    this.#stream = stream;
    this.#random = random;
    this.#open();
  }

  stop(): void {
    this.#end();
  }

  /** The socket was lost: what happens from now on is missed. */
  socketLost(): void {
    if (this.#close === null) return;
    this.#stopReading();
    this.#lost = true;
    this.#become({ kind: 'lost' });
  }

  socketBack(): void {
    if (this.#close === null) return;
    this.#become({ kind: 'opening' });
  }

  /** Something that it told of could not be read: to be opened anew, as after a failure of its own. */
  missed(error: unknown): void {
    if (this.#close !== null) this.#fail(error);
  }

  #open(): void {
    const mine = ++this.#opening;
    const current = () => mine === this.#opening;
    this.#become({ kind: 'opening' });
    // A stream may end while it is being opened.
    this.#close = () => {};
    const close = this.#stream.open({
      listening: () => current() && this.#catchUp(),
      next: (message) => current() && this.#hear(message),
      error: (error) => current() && this.#fail(error),
      complete: () => current() && this.#fail(null),
    });
    if (!current()) {
      close();
      return;
    }
    this.#close = close;
  }

  #hear({ data, errors }: Parameters<Sink<Data>['next']>[0]): void {
    if (errors?.length) {
      // An event that could not be read is one that was missed.
      this.#fail(errors);
      return;
    }
    if (data) this.#stream.onData(data);
    if (!this.#stream.catchUp && this.#state !== 'live') this.#become({ kind: 'live' });
  }

  #catchUp(): void {
    const { catchUp } = this.#stream;
    if (!catchUp) return;
    this.#stopReading();
    const mine = this.#reading;
    const pause = this.#lost ? spread * this.#random() : 0;
    this.#timer = setTimeout(() => {
      catchUp().then(
        () => mine === this.#reading && this.#become({ kind: 'live' }),
        (error) => mine === this.#reading && this.#fail(error),
      );
    }, pause);
  }

  #fail(error: unknown): void {
    if (this.#state === 'live' && Date.now() - this.#liveSince > recovered) this.#failures = 0;
    this.#end();
    this.#lost = true;
    const refusal = refusalOf(error);
    this.#become(refusal ? { kind: 'refused', message: refusal.message } : { kind: 'lost' });
    if (!refusal) this.#timer = setTimeout(() => this.#open(), retryPause(this.#failures++, this.#random));
  }

  #end(): void {
    this.#opening++;
    this.#stopReading();
    this.#close?.();
    this.#close = null;
  }

  #stopReading(): void {
    this.#reading++;
    clearTimeout(this.#timer);
  }

  #become(state: LiveState): void {
    if (state.kind === 'live') {
      this.#lost = false;
      this.#liveSince = Date.now();
    }
    this.#state = state.kind;
    this.#stream.onState(state);
  }
}
