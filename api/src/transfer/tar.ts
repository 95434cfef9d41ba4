import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Writable } from 'node:stream';
import type { Content, Sink } from './sink.ts';

const block = 512;

/**
 * Writes files one after the other into a stream, as a tar archive (POSIX ustar), as fast as it is taken. What was sent cannot be taken out again.
 *
 * @param root the folder that they are in once it is unpacked; at most 155 characters of ASCII
 * @param spool a folder for files whose size is to be found out first; made if it is not there
 */
export function intoTar(out: Writable, { root, spool, at, ending }: { root: string; spool: string; at: Date; ending: AbortSignal }): Sink {
  const write = async (bytes: Uint8Array) => {
    ending.throwIfAborted();
    if (!out.write(bytes)) await once(out, 'drain', { signal: ending });
  };
  const send = async (name: string, content: Content, size: number) => {
    await write(header(root, name, size, at));
    let sent = 0;
    for await (const part of content) {
      const bytes = typeof part === 'string' ? Buffer.from(part) : part;
      sent += bytes.length;
      if (sent > size) break;
      await write(bytes);
    }
    if (sent !== size) throw new Error(`${name} was to have ${size} bytes, and has ${sent > size ? 'more' : sent}.`);
    await write(Buffer.alloc(-size & (block - 1)));
  };
  return {
    put: async (name, content, bytes) => {
      if (bytes !== undefined) return send(name, content, bytes);
      await mkdir(spool, { recursive: true });
      const file = path.join(spool, randomUUID());
      const handle = await open(file, 'w+');
      try {
        // From now on it has no name: nothing is left of it, however this process ends.
        await rm(file).catch(() => {});
        for await (const part of together(content)) {
          ending.throwIfAborted();
          await handle.writeFile(part);
        }
        await send(name, readBack(handle), (await handle.stat()).size);
      } finally {
        await handle.close();
        await rm(file, { force: true });
      }
    },
    drop: async () => {},
  };
}

/** Of lines: so many bytes at once, at least, but the last. */
const atOnce = 256 * 1024;

async function* together(content: Content): AsyncGenerator<Buffer> {
  let [parts, bytes]: [Buffer[], number] = [[], 0];
  for await (const part of content) {
    const own = Buffer.from(part as Uint8Array);
    parts.push(own);
    bytes += own.length;
    if (bytes < atOnce) continue;
    yield Buffer.concat(parts);
    [parts, bytes] = [[], 0];
  }
  yield Buffer.concat(parts);
}

/** A file from its beginning. (A stream of the handle would keep it from being closed.) */
async function* readBack(handle: FileHandle): AsyncGenerator<Buffer> {
  for (let position = 0; ; ) {
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(atOnce), 0, atOnce, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/** What comes behind the last file. */
export const endOfTar = Buffer.alloc(2 * block);

/** https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html#tag_20_92_13_06 */
function header(root: string, name: string, size: number, at: Date): Buffer {
  const bytes = Buffer.alloc(block);
  const text = (value: string, offset: number) => bytes.write(value, offset, 'ascii');
  const octal = (value: number, offset: number, length: number) => text(`${value.toString(8).padStart(length - 1, '0')}\0`, offset);
  if (name.length > 100 || root.length > 155 || size >= 8 ** 11)
    throw new Error(`${root}/${name} with ${size} bytes does not fit a tar archive.`);
  text(name, 0);
  octal(0o644, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(Math.floor(at.getTime() / 1000), 136, 12);
  text('        ', 148);
  text('0', 156);
  text('ustar\x0000', 257);
  text(root, 345);
  octal(
    bytes.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  );
  return bytes;
}
