/** A question that is asked again and again, one at a time. */
export class Asking {
  readonly #ask: () => Promise<unknown>;
  readonly #onFailure: (error: unknown) => void;
  readonly #pause: number;
  #underWay: Promise<unknown> | null = null;
  #next: Promise<unknown> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param pause milliseconds in which wishes for `soon` are gathered.
   * @param onFailure hears why a wish for `soon` was not answered.
   */
  constructor(ask: () => Promise<unknown>, pause: number, onFailure: (error: unknown) => void) {
    this.#ask = ask;
    this.#pause = pause;
    this.#onFailure = onFailure;
  }

  /** Asks at once, or, while an answer is on its way, after it: that one may be older than what is now to be known. */
  now(): Promise<unknown> {
    if (!this.#underWay) {
      this.#underWay = this.#ask().finally(() => {
        this.#underWay = null;
      });
      return this.#underWay;
    }
    this.#next ??= this.#underWay
      .catch(() => {})
      .then(() => {
        this.#next = null;
        return this.now();
      });
    return this.#next;
  }

  get isUnderWay(): boolean {
    return this.#underWay !== null;
  }

  soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.now().catch(this.#onFailure);
    }, this.#pause);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
