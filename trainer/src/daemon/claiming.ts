import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * What the claim under way is called. It keeps its name until it is answered, and over a daemon's end: asked again by it, the API hands out
 * the lease whose answer was lost, instead of waiting for that to lapse.
 */
export class Claiming {
  readonly #path: string;
  #id: string | null;

  private constructor(path: string, id: string | null) {
    this.#path = path;
    this.#id = id;
  }

  /** @param path the file that keeps the name */
  static async open(path: string): Promise<Claiming> {
    const kept = (await readFile(path, 'utf8').catch(() => '')).trim();
    return new Claiming(path, ID.test(kept) ? kept : null);
  }

  async id(): Promise<string> {
    if (this.#id === null) {
      this.#id = randomUUID();
      // Where it cannot be kept, a claim that a killed daemon had under way lapses, as an unanswered one always may.
      await writeFile(this.#path, this.#id, { mode: 0o600 }).catch(() => undefined);
    }
    return this.#id;
  }

  /** The answer is here, and what it hands out is on the disk: the next claim is another. */
  answered(): void {
    this.#id = null;
  }
}
