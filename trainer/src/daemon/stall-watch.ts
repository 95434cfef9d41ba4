import { performance } from 'node:perf_hooks';

/**
 * Notices that nothing was heard of a process for too long. Time in which this process itself kept the other waiting, or was deaf, does not
 * count: what was said meanwhile is still to be read.
 */
export class StallWatch {
  readonly #timer: NodeJS.Timeout;
  #lastSign = performance.now();
  #waits = 0;

  /** @param stalled called, again and again, once nothing was heard for so many seconds */
  constructor(stallSeconds: number, stalled: () => void) {
    const everyMs = Math.min(1000, stallSeconds * 250);
    let lastLook = performance.now();
    this.#timer = setInterval(() => {
      const now = performance.now();
      if (this.#waits > 0 || now - lastLook > 2 * everyMs) this.#lastSign = Math.max(now, this.#lastSign);
      lastLook = now;
      if (now - this.#lastSign >= stallSeconds * 1000) stalled();
    }, everyMs);
  }

  /** Something was heard; nothing need be for so many seconds, and then as long as was agreed. */
  sign(silence = 0): void {
    this.#lastSign = performance.now() + silence * 1000;
  }

  /** Does what the other process waits for. */
  async whileWaiting<T>(work: () => Promise<T>): Promise<T> {
    this.#waits += 1;
    try {
      return await work();
    } finally {
      this.#waits -= 1;
      this.sign();
    }
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
