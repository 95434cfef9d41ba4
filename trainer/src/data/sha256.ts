import { createHash } from 'node:crypto';
import { alive } from '../alive.ts';

/** More than 2 GiB at a time Node's hash refuses; these take a fraction of a second. */
const PIECE = 2 ** 26;

/** SHA-256 of bytes one part after the other, however long each is, in hexadecimal digits. */
export const sha256Of = (parts: Iterable<Uint8Array | string>): string => {
  const hash = createHash('sha256');
  for (const part of parts) {
    if (typeof part === 'string') hash.update(part);
    else
      for (let at = 0; at < part.length; at += PIECE) {
        hash.update(part.subarray(at, at + PIECE));
        alive();
      }
  }
  return hash.digest('hex');
};
