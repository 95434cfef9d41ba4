import { Prisma } from '../db.ts';
import type { Prepared } from '../postgres/prepared.ts';

/** How exactly it is known when a token was last used: it costs one write in so long, however often it is used. */
const exactToMs = 60_000;

/** More tokens than a fleet and its people have. */
const mostTokens = 1000;

/** Notes when tokens are used. Nobody waits for it, and nothing fails with it: what could not be noted is noted at the next use. */
export class LastUse {
  readonly #noted = new Map<string, number>();

  constructor(readonly prepared: Prepared) {}

  note(ids: readonly string[]): void {
    const now = performance.now();
    const due = ids.filter((id) => now - (this.#noted.get(id) ?? Number.NEGATIVE_INFINITY) >= exactToMs);
    if (due.length === 0) return;
    if (this.#noted.size >= mostTokens) this.#noted.clear();
    for (const id of due) this.#noted.set(id, now);
    // Another process may have noted the same, and whoever writes the row is not waited for.
    this.prepared
      .run(
        'token-used',
        Prisma.sql`
        UPDATE tokens SET used_at = now() WHERE id IN (
          SELECT id FROM tokens WHERE id = ANY (${due}::text[]) AND (used_at IS NULL OR used_at < now() - ${exactToMs / 1000} * interval '1 second')
          FOR NO KEY UPDATE SKIP LOCKED)`,
      )
      .catch(() => {
        for (const id of due) this.#noted.delete(id);
      });
  }
}
