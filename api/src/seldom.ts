const pauseMs = 10_000;

/** Different things that are remembered. */
const most = 100;

/** Says the same thing once in ten seconds, with how often there was cause to since it was last said. */
export class Seldom {
  readonly #said = new Map<string, { at: number; times: number }>();

  say(what: string, say: (times: number) => void): void {
    const now = performance.now();
    const known = this.#said.get(what);
    if (known && now - known.at < pauseMs) {
      known.times += 1;
      return;
    }
    if (this.#said.size >= most) this.#said.clear();
    this.#said.set(what, { at: now, times: 0 });
    say((known?.times ?? 0) + 1);
  }
}
