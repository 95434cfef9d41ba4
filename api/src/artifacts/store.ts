import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, type ReadStream } from 'node:fs';
import { link, mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Why an upload was refused. */
export class UploadError extends Error {
  constructor(
    readonly status: 400 | 413 | 507,
    message: string,
  ) {
    super(message);
  }
}

/** Files by their SHA-256 in a folder. A file is there whole or not at all. */
export class ArtifactStore {
  readonly #folder: string;
  readonly #incoming: string;
  readonly #maxBytes: number;

  constructor(folder: string, maxBytes: number) {
    this.#folder = folder;
    this.#incoming = path.join(folder, 'incoming');
    this.#maxBytes = maxBytes;
  }

  async open(): Promise<void> {
    await mkdir(this.#incoming, { recursive: true });
  }

  /** @throws UploadError (413) for so many bytes. */
  checkSize(bytes: number): void {
    if (bytes > this.#maxBytes) throw new UploadError(413, `An artifact may have ${this.#maxBytes} bytes; this one has more.`);
  }

  pathOf(sha256: string): string {
    return path.join(this.#folder, sha256.slice(0, 2), sha256);
  }

  /** Size in bytes; undefined if it is not there. */
  async size(sha256: string): Promise<number | undefined> {
    const found = await stat(this.pathOf(sha256)).catch(() => undefined);
    return found?.size;
  }

  read(sha256: string, range?: { start: number; end: number }): ReadStream {
    return createReadStream(this.pathOf(sha256), range);
  }

  /**
   * Takes bytes in, beside their final place, and checks them while they come.
   *
   * @param take whether whoever sends them may upload so many more; negative ones are given back.
   * @param keep records the file; called once it is in place. What it records cannot be collected meanwhile.
   * @throws UploadError if they are others than announced (400), too many (413), or for want of room (507). Then nothing is kept.
   */
  async receive(sha256: string, body: Readable, take: (bytes: number) => boolean, keep: (bytes: number) => Promise<void>): Promise<number> {
    const temporary = path.join(this.#incoming, randomUUID());
    const hash = createHash('sha256');
    const checkSize = this.checkSize.bind(this);
    let bytes = 0;
    const check = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        try {
          checkSize(bytes + chunk.length);
          if (!take(chunk.length)) throw new UploadError(507, 'These bytes are more than the quota of this token has room for.');
          bytes += chunk.length;
          done(null, chunk);
        } catch (error) {
          done(error as UploadError);
        }
      },
    });
    try {
      await pipeline(body, check, createWriteStream(temporary, { flush: true }));
      const found = hash.digest('hex');
      if (found !== sha256) throw new UploadError(400, `The bytes received have the SHA-256 ${found}, not ${sha256}: send them again.`);
      await this.#place(temporary, sha256);
      await keep(bytes);
      // The collector may have removed an older copy just before `keep` recorded this one.
      await this.#place(temporary, sha256);
      return bytes;
    } catch (error) {
      throw explain(error, this.#folder);
    } finally {
      take(-bytes);
      await rm(temporary, { force: true });
    }
  }

  async remove(sha256: string): Promise<void> {
    await rm(this.pathOf(sha256), { force: true });
  }

  /** Hashes of all files that are older than that. */
  async *olderThan(ageMs: number): AsyncGenerator<string> {
    for (const entry of await readdir(this.#folder, { withFileTypes: true })) {
      if (!entry.isDirectory() || entry.name.length !== 2) continue;
      for (const sha256 of await readdir(path.join(this.#folder, entry.name))) {
        const found = await stat(this.pathOf(sha256)).catch(() => undefined);
        if (found && Date.now() - found.mtimeMs > ageMs) yield sha256;
      }
    }
  }

  /** Removes uploads that broke off long ago. */
  async removeBroken(ageMs: number): Promise<void> {
    for (const name of await readdir(this.#incoming)) {
      const file = path.join(this.#incoming, name);
      const found = await stat(file).catch(() => undefined);
      if (found && Date.now() - found.mtimeMs > ageMs) await rm(file, { force: true });
    }
  }

  async #place(temporary: string, sha256: string): Promise<void> {
    const target = this.pathOf(sha256);
    const place = () =>
      link(temporary, target).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      });
    await place().catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      await mkdir(path.dirname(target), { recursive: true });
      await place();
    });
  }
}

function explain(error: unknown, folder: string): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new UploadError(507, `The disk that holds ${folder} is full: free some space, then the trainer goes on by itself.`);
  return error;
}
