/** What a page has heard of each thing, to tell news from what it knows: a run's progress changes several times a second, its state hardly ever. */
export class News {
  readonly #heard = new Map<string, string>();
  #shown: ReadonlySet<string> = new Set();

  /**
   * What the page shows counts as heard where nothing was: it may be drawn from an answer older than the last message, or from a change that
   * came by another way. What it showed and no longer does is forgotten: how that changed may never have been heard, and it may come back.
   */
  show(shown: readonly (readonly [id: string, what: string])[]): void {
    const now = new Set(shown.map(([id]) => id));
    for (const id of this.#shown) if (!now.has(id)) this.#heard.delete(id);
    for (const [id, what] of shown) if (!this.#heard.has(id)) this.#heard.set(id, what);
    this.#shown = now;
  }

  hear(id: string, what: string): boolean {
    const before = this.#heard.get(id);
    this.#heard.set(id, what);
    return before !== what;
  }
}
