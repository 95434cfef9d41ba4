import type { Db } from '../db.ts';
import { UploadError } from './store.ts';

/** How long a sum is trusted; what this process takes in meanwhile is added to it. */
const trustedMs = 30_000;

/** Holds each token to the bytes that its artifacts may have together. */
export class ArtifactQuota {
  readonly #used = new Map<string, { bytes: number; at: number }>();
  readonly #coming = new Map<string, number>();

  constructor(
    readonly db: Db,
    readonly bytes: number,
  ) {}

  /**
   * Checks that the token may upload so many bytes.
   *
   * @throws UploadError (507) if they are fewer than those that are announced.
   */
  async check(tokenId: string, announced: number): Promise<void> {
    const left = this.bytes - (await this.#usedBy(tokenId)) - (this.#coming.get(tokenId) ?? 0);
    if (left <= 0 || announced > left)
      throw new UploadError(
        507,
        `The artifacts of one token may have ${this.bytes / 1e9} GB in all, and this one's have no room left: delete archived runs, or raise ARTIFACT_QUOTA_GB. What nothing refers to is removed by itself within half an hour.`,
      );
  }

  /**
   * Counts what a token uploads while it comes: uploads at the same time share what is left.
   *
   * @returns takes so many bytes more of it, negative ones back; false if there is no room.
   */
  meter(tokenId: string): (bytes: number) => boolean {
    return (bytes) => {
      const coming = (this.#coming.get(tokenId) ?? 0) + bytes;
      if (bytes > 0 && (this.#used.get(tokenId)?.bytes ?? 0) + coming > this.bytes) return false;
      if (coming > 0) this.#coming.set(tokenId, coming);
      else this.#coming.delete(tokenId);
      return true;
    };
  }

  /** The token has uploaded so many more. */
  add(tokenId: string, bytes: number): void {
    const known = this.#used.get(tokenId);
    if (known) known.bytes += bytes;
  }

  async #usedBy(tokenId: string): Promise<number> {
    const known = this.#used.get(tokenId);
    if (known && performance.now() - known.at < trustedMs) return known.bytes;
    const { _sum } = await this.db.artifact.aggregate({ where: { tokenId }, _sum: { bytes: true } });
    const bytes = Number(_sum.bytes ?? 0);
    this.#used.set(tokenId, { bytes, at: performance.now() });
    return bytes;
  }
}
