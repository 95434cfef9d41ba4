import { busy } from '../errors.ts';

/** What a client has in common with itself: however often it takes that, it is there once. */
export type Common = { name: string; size: number };

/** What clients keep in this process for as long as they like: each has its share, so that none takes the others'. */
export class Holdings {
  readonly #held = new Map<string, number>();
  readonly #common = new Map<string, number>();

  /** @param most of each client. */
  constructor(readonly most: number) {}

  /**
   * Holds so much more for a client, and what it has in common with what it holds already.
   *
   * @returns lets go of it; called again, it does nothing.
   * @throws BUSY once it would hold more than its share.
   */
  take(client: string, size: number, common?: Common): () => void {
    const before = this.#held.get(client) ?? 0;
    const name = common && JSON.stringify([client, common.name]);
    const times = name === undefined ? 0 : (this.#common.get(name) ?? 0);
    const more = size + (common && times === 0 ? common.size : 0);
    if (before + more > this.most) throw busy();
    this.#add(client, more);
    if (name !== undefined) this.#common.set(name, times + 1);
    let holds = true;
    return () => {
      if (!holds) return;
      holds = false;
      this.#add(client, -size);
      if (name === undefined || !common) return;
      const left = (this.#common.get(name) ?? 0) - 1;
      if (left > 0) return void this.#common.set(name, left);
      this.#common.delete(name);
      this.#add(client, -common.size);
    };
  }

  #add(client: string, size: number): void {
    const held = (this.#held.get(client) ?? 0) + size;
    if (held > 0) this.#held.set(client, held);
    else this.#held.delete(client);
  }
}
