/** What was read for a change is kept so long for those who were busy when it came. */
const keptMs = 1000;

/**
 * Reads that many ask for at the same time are made once. Whoever asks gets what was read after they asked: a read that is under way
 * may have passed over what they were woken for, so they join the next.
 */
export class SharedReads {
  readonly #next = new Map<string, Promise<unknown>>();
  readonly #running = new Map<string, Promise<unknown>>();
  readonly #answered = new Map<string, Promise<unknown>>();

  read<Value>(question: string, read: () => Promise<Value>): Promise<Value> {
    const joined = this.#next.get(question);
    if (joined) return joined as Promise<Value>;
    const started = this.#begin(question, read);
    this.#next.set(question, started);
    return started;
  }

  /**
   * The same for those whom a change woke: what was read after it answers all of them, also who comes late, because they were busy.
   *
   * @param change which one; undefined: none, what is read is not kept.
   */
  readOnce<Value>(question: string, change: number | undefined, read: () => Promise<Value>): Promise<Value> {
    if (change === undefined) return this.read(question, read);
    const once = `${question} ${change}`;
    const known = this.#answered.get(once);
    if (known) return known as Promise<Value>;
    const reading = this.read(once, read);
    this.#answered.set(once, reading);
    const forget = () => this.#answered.delete(once);
    reading.then(() => setTimeout(forget, keptMs).unref(), forget);
    return reading;
  }

  async #begin<Value>(question: string, read: () => Promise<Value>): Promise<Value> {
    const before = this.#running.get(question);
    // Those who were woken by the same change ask before this turn of the event loop is over.
    await (before ? before.catch(() => undefined) : new Promise((resolve) => setImmediate(resolve)));
    const running = read();
    this.#next.delete(question);
    this.#running.set(question, running);
    try {
      return await running;
    } finally {
      if (this.#running.get(question) === running) this.#running.delete(question);
    }
  }
}
