/**
 * Reads that many ask for at the same time are made once. Whoever asks gets what was read after they asked: a read that is under way
 * may have passed over what they were woken for, so they join the next.
 */
export class SharedReads {
  readonly #next = new Map<string, Promise<unknown>>();
  readonly #running = new Map<string, Promise<unknown>>();

  read<Value>(question: string, read: () => Promise<Value>): Promise<Value> {
    const joined = this.#next.get(question);
    if (joined) return joined as Promise<Value>;
    const started = this.#begin(question, read);
    this.#next.set(question, started);
    return started;
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
