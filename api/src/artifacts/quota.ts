import type { Db } from '../db.ts';
import { UploadError } from './store.ts';

/** How long a sum is trusted; what this process takes in meanwhile is added to it. */
const trustedMs = 30_000;

/** Holds each token to the bytes that its artifacts may have together. */
export class ArtifactQuota {
  readonly #used = new Map<string, { bytes: number; at: number }>();

  constructor(
    readonly db: Db,
    readonly bytes: number,
  ) {}

  /**
   * Bytes that the token may still upload.
   *
   * @throws UploadError (507) if they are fewer than those that are announced.
   */
  async left(tokenId: string, announced: number): Promise<number> {
    const left = this.bytes - (await this.#usedBy(tokenId));
    if (left <= 0 || announced > left)
      throw new UploadError(
        507,
        `The artifacts of one token may have ${this.bytes / 1e9} GB in all, and this one's have no room left: delete archived runs, or raise ARTIFACT_QUOTA_GB. What nothing refers to is removed by itself within half an hour.`,
      );
    return left;
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
