import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { written } from '@studyhall/contract/settings/written.ts';
import { UploadError } from './store.ts';

/** Uploads under way, each a file of a folder: their bytes are checked before any store has them. */
export class Incoming {
  constructor(
    readonly folder: string,
    readonly maxBytes: number,
  ) {}

  async open(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
  }

  /** @throws UploadError (413) for so many bytes. */
  checkSize(bytes: number): void {
    if (bytes > this.maxBytes) throw new UploadError(413, `An artifact may have ${written(this.maxBytes)} bytes; this one has more.`);
  }

  /**
   * Takes bytes in, checks them while they come, and hands on the file that they are in; it is gone afterwards.
   *
   * @throws UploadError if they are others than announced (400), too many (413), or for want of room (507).
   */
  async receive(
    sha256: string,
    body: Readable,
    take: (bytes: number) => boolean,
    place: (file: string, bytes: number) => Promise<void>,
  ): Promise<number> {
    const file = path.join(this.folder, randomUUID());
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
      // Made before any byte is awaited: a stream that opens it by itself may do so after what came has failed, and was cleared away.
      const handle = await open(file, 'wx');
      await pipeline(body, check, handle.createWriteStream({ flush: true }));
      const found = hash.digest('hex');
      if (found !== sha256) throw new UploadError(400, `The bytes received have the SHA-256 ${found}, not ${sha256}: send them again.`);
      await place(file, bytes);
      return bytes;
    } catch (error) {
      throw explain(error, path.dirname(this.folder));
    } finally {
      take(-bytes);
      await rm(file, { force: true });
    }
  }

  /** Removes uploads that broke off long ago. */
  async removeBroken(ageMs: number): Promise<void> {
    for (const name of await readdir(this.folder)) {
      const file = path.join(this.folder, name);
      const found = await stat(file).catch(() => undefined);
      if (found && Date.now() - found.mtimeMs > ageMs) await rm(file, { force: true });
    }
  }
}

function explain(error: unknown, folder: string): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new UploadError(507, `The disk that holds ${folder} is full: free some space, then the trainer goes on by itself.`);
  return error;
}
