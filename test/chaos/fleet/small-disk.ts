import { execFile } from 'node:child_process';
import { mkdtemp, rm, rmdir, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MIB = 128;

/** A file system of 128 MiB, in memory, that a test can fill. Linux, and only who may mount. */
export class SmallDisk {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async mount(folder: string): Promise<SmallDisk> {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${MIB}m`, 'tmpfs', folder]);
    return new SmallDisk(folder);
  }

  /** Whether this process may mount one here. */
  static async isPossible(): Promise<boolean> {
    const folder = await mkdtemp(join(tmpdir(), 'studyhall-mount-'));
    try {
      await (await SmallDisk.mount(folder)).unmount();
      return true;
    } catch {
      return false;
    } finally {
      await rmdir(folder);
    }
  }

  /** Leaves no byte free. */
  async fill(): Promise<void> {
    const { bavail, bsize } = await statfs(this.#folder);
    // What others write meanwhile may take the last bytes first: as full as this.
    await writeFile(this.#filling, Buffer.alloc(bavail * bsize)).catch(() => undefined);
  }

  async free(): Promise<void> {
    await rm(this.#filling, { force: true });
  }

  async unmount(): Promise<void> {
    await run('umount', ['-l', this.#folder]);
  }

  get #filling(): string {
    return join(this.#folder, 'filling');
  }
}
