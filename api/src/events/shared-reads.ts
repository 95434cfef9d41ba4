import { WorkEnded } from '../limits/work.ts';

/** What was read for a change is kept so long for those who were busy when it came. */
const keptMs = 1000;

/**
 * Reads that many ask for at the same time are made once. Whoever asks gets what was read after they asked: a read that is under way
 * may have passed over what they were woken for, so they join the next. A read belongs to the work of whoever asked first: should that end
 * meanwhile, the others read again.
 */
export class SharedReads {
  readonly #next = new Map<string, Promise<unknown>>();
  readonly #running = new Map<string, Promise<unknown>>();
  readonly #answered = new Map<string, Promise<unknown>>();

  read<Value>(question: string, read: () => Promise<Value>): Promise<Value> {
    const joined = this.#next.get(question);
    if (joined) return orAgain(joined as Promise<Value>, () => this.read(question, read));
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
    if (known) return orAgain(known as Promise<Value>, () => this.readOnce(question, change, read));
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

/** What others read, or what is read instead if they are gone before it is there. */
async function orAgain<Value>(others: Promise<Value>, again: () => Promise<Value>): Promise<Value> {
  try {
    return await others;
  } catch (error) {
    if (error instanceof WorkEnded) return again();
    throw error;
  }
}
