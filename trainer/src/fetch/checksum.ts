import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** What a file's bytes hash to, in hexadecimal digits behind the algorithm's name. */
export type Checksum = `${'sha256' | 'sha512'}:${string}`;

/** The checksum of a file by an algorithm of Node's. */
export const checksumOf = async (path: string, algorithm: string): Promise<string> => {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(path, { highWaterMark: 2 ** 20 }), hash);
  return `${algorithm}:${hash.digest('hex')}`;
};

/** Whether a file's bytes are the right ones; else what they hash to. */
export const hasChecksum = async (path: string, expected: Checksum): Promise<{ right: boolean; found: string }> => {
  const found = await checksumOf(path, expected.slice(0, expected.indexOf(':')));
  return { right: found === expected.toLowerCase(), found };
};
