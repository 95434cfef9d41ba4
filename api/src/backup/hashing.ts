import { createHash } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';

/** Hands bytes on as they are, hashes and counts them. */
export class Hashing extends Transform {
  readonly #hash = createHash('sha256');
  bytes = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#hash.update(chunk);
    this.bytes += chunk.length;
    done(null, chunk);
  }

  /** Hex SHA-256 of all that came through; once, at the end. */
  digest(): string {
    return this.#hash.digest('hex');
  }
}
