import { busy } from '../errors.ts';

/** What clients keep in this process for as long as they like: each has its share, so that none takes the others'. */
export class Holdings {
  readonly #held = new Map<string, number>();

  /** @param most of each client. */
  constructor(readonly most: number) {}

  /**
   * Holds so much more for a client.
   *
   * @returns lets go of it; called again, it does nothing.
   * @throws BUSY once it would hold more than its share.
   */
  take(client: string, size: number): () => void {
    const before = this.#held.get(client) ?? 0;
    if (before + size > this.most) throw busy();
    this.#held.set(client, before + size);
    let left = size;
    return () => {
      const held = (this.#held.get(client) ?? 0) - left;
      left = 0;
      if (held > 0) this.#held.set(client, held);
      else this.#held.delete(client);
    };
  }
}
