/** Lets a few of each client in at a time; the others wait for their turn, however long it takes. */
export class Turns {
  readonly #inside = new Map<string, number>();
  readonly #waiting = new Map<string, (() => void)[]>();

  /** @param most of one client at a time. */
  constructor(readonly most: number) {}

  /** @param act is called in its turn, with what says that it is over; called again, that does nothing. */
  take(client: string, act: (leave: () => void) => void): void {
    const enter = () => {
      this.#inside.set(client, (this.#inside.get(client) ?? 0) + 1);
      let over = false;
      act(() => {
        if (over) return;
        over = true;
        // In the next turn of the event loop: others are heard in between.
        setImmediate(() => this.#leave(client));
      });
    };
    if ((this.#inside.get(client) ?? 0) < this.most) enter();
    else this.#waiting.set(client, [...(this.#waiting.get(client) ?? []), enter]);
  }

  #leave(client: string): void {
    const inside = (this.#inside.get(client) ?? 0) - 1;
    if (inside > 0) this.#inside.set(client, inside);
    else this.#inside.delete(client);
    const queue = this.#waiting.get(client);
    const next = queue?.shift();
    if (queue?.length === 0) this.#waiting.delete(client);
    next?.();
  }
}
