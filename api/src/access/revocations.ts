import type { Db } from '../db.ts';

/** How long an answer is trusted: an open subscription outlives its key by no more than this and one event. */
const trustedMs = 1000;

/** Whether tokens that were let in have been revoked since; asked at every event of a subscription, looked up once a second. */
export class Revocations {
  readonly #known = new Map<string, { revoked: Promise<boolean>; at: number }>();

  constructor(readonly db: Db) {}

  isRevoked(tokenId: string): Promise<boolean> {
    const now = performance.now();
    const known = this.#known.get(tokenId);
    if (known && now - known.at < trustedMs) return known.revoked;
    const revoked = this.#lookUp(tokenId);
    this.#known.set(tokenId, { revoked, at: now });
    return revoked;
  }

  async #lookUp(id: string): Promise<boolean> {
    try {
      const token = await this.db.token.findUnique({ where: { id }, select: { revokedAt: true } });
      return token === null || token.revokedAt !== null;
    } catch {
      // While Postgres is away nothing new is delivered either; the next event asks again.
      this.#known.delete(id);
      return false;
    }
  }
}
