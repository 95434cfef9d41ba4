import { mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export type Content = AsyncIterable<Uint8Array | string>;

/** Where the files of an export go. */
export interface Sink {
  /**
   * Takes a file, whole.
   *
   * @param name its path in the export, with `/`
   * @param bytes how many it has, where that is known before
   */
  put(name: string, content: Content, bytes?: number): Promise<void>;
  /** It was not what it should be: it is taken out again, where that can be done. */
  drop(name: string): Promise<void>;
}

/** Into a folder that does not exist yet. */
export function intoFolder(folder: string, ending?: AbortSignal): Sink {
  const options = ending ? { signal: ending } : {};
  return {
    put: async (name, content) => {
      const file = path.join(folder, name);
      await mkdir(path.dirname(file), { recursive: true });
      // There before anything is read: it cannot come up after it was dropped.
      const handle = await open(file, 'w');
      await pipeline(Readable.from(content), handle.createWriteStream({ flush: true }), options);
    },
    drop: (name) => rm(path.join(folder, name), { force: true }),
  };
}
