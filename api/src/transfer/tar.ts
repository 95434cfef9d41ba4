import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ReadableStream } from 'node:stream/web';
import { createTarPacker } from 'modern-tar';
import type { Content, Sink } from './sink.ts';

/**
 * Writes files one after the other into a stream, as a tar archive, as fast as it is taken. What was sent cannot be taken out again.
 *
 * @param root the folder that they are in once it is unpacked
 * @param spool a folder for files whose size is to be found out first; made if it is not there
 * @returns a sink whose `end` says that there are no more files, and waits until all was taken
 */
export function intoTar(out: Writable, { root, spool, at, ending }: { root: string; spool: string; at: Date; ending: AbortSignal }) {
  const { readable, controller } = createTarPacker();
  const taken = pipeline(Readable.fromWeb(readable as Parameters<typeof Readable.fromWeb>[0]), out, { signal: ending });
  // Whoever puts the next file is told, and who ends.
  taken.catch((error: unknown) => controller.error(error));
  const send = (name: string, content: Content, size: number) =>
    ReadableStream.from(asBytes(content)).pipeTo(controller.add({ name: `${root}/${name}`, size, mtime: at, type: 'file' }), {
      signal: ending,
    });
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
    end: async () => {
      controller.finalize();
      await taken;
    },
  } satisfies Sink & { end(): Promise<void> };
}

async function* asBytes(content: Content): AsyncGenerator<Uint8Array> {
  for await (const part of content) yield typeof part === 'string' ? Buffer.from(part) : part;
}

/** Of lines: so many bytes at once, at least, but the last. */
const atOnce = 256 * 1024;

async function* together(content: Content): AsyncGenerator<Buffer> {
  let [parts, bytes]: [Uint8Array[], number] = [[], 0];
  for await (const part of asBytes(content)) {
    parts.push(part);
    bytes += part.length;
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
