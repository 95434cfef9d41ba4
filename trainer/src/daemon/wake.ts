/** Wakes a loop that waits for something to do. A call while nobody waits is remembered, so that none is missed. */
export class Wake {
  #called = false;
  #resolve: (() => void) | null = null;

  call(): void {
    this.#called = true;
    this.#resolve?.();
  }

  /** Resolves at the next call, or after `milliseconds`. */
  async wait(milliseconds: number): Promise<void> {
    if (!this.#called) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.#resolve = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#resolve = null;
    this.#called = false;
  }
}
