import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ApiAddress } from '../client/api.ts';
import { downloadArtifact } from '../client/artifacts.ts';
import { errorCode } from './durable.ts';

const MOST_BYTES = 4 * 2 ** 30;

/** Downloaded checkpoints and teachers' weights by SHA-256, kept for the next run that wants them. */
export class ArtifactCache {
  private constructor(
    readonly folder: string,
    readonly api: ApiAddress,
  ) {}

  static async open(folder: string, api: ApiAddress): Promise<ArtifactCache> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return new ArtifactCache(folder, api);
  }

  /**
   * The path of a file with exactly these bytes.
   *
   * @throws ArtifactUnusable when the API has none or others; ApiUnreachable when it cannot be asked.
   */
  async get(sha256: string): Promise<string> {
    const path = join(this.folder, sha256);
    const kept = (await hashOf(path)) === sha256;
    if (!kept) await downloadArtifact(this.api, sha256, path);
    const now = new Date();
    await utimes(path, now, now);
    if (!kept) await this.prune();
    return path;
  }

  /** Removes the files unused for longest until the rest fits. */
  async prune(mostBytes: number = MOST_BYTES): Promise<void> {
    const files = await Promise.all((await readdir(this.folder)).map((name) => fileAt(join(this.folder, name))));
    const newestFirst = files.filter((file) => file !== null).sort((a, b) => b.usedAt - a.usedAt);
    let bytes = 0;
    for (const file of newestFirst) {
      bytes += file.bytes;
      if (bytes > mostBytes) await rm(file.path, { force: true });
    }
  }
}

/** Null where another job's download has just moved it. */
async function fileAt(path: string): Promise<{ path: string; bytes: number; usedAt: number } | null> {
  const stats = await stat(path).catch(() => null);
  return stats && { path, bytes: stats.size, usedAt: stats.mtimeMs };
}

/** SHA-256 of a file's bytes; null where there is none. */
export async function hashOf(path: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
  return hash.digest('hex');
}
