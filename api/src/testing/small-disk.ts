import { execFile } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, rm, rmdir, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MIB = 128;

/** A file system of 128 MiB, in memory, that a test can fill. Linux, and only who may mount. */
export class SmallDisk {
  readonly #folder: string;
  #full = false;
  #keeping: Promise<void> = Promise.resolve();

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async mount(folder: string): Promise<SmallDisk> {
    await mkdir(folder, { recursive: true });
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

  /**
   * Leaves no byte free, and goes on so until `free`: a trainer that deletes its checkpoint before last would else have room for the next.
   * Resolves once it is full.
   */
  async fill(): Promise<void> {
    this.#full = true;
    await this.#takeWhatIsFree();
    this.#keeping = this.#keepFull();
  }

  async free(): Promise<void> {
    await this.#letGo();
    await rm(this.#filling, { force: true });
  }

  async #letGo(): Promise<void> {
    this.#full = false;
    await this.#keeping;
  }

  async #keepFull(): Promise<void> {
    while (this.#full) {
      await this.#takeWhatIsFree();
      await delay(5);
    }
  }

  async #takeWhatIsFree(): Promise<void> {
    const { bavail, bsize } = await statfs(this.#folder);
    // What others write meanwhile may take the last bytes first: as full as this.
    if (bavail > 0) await appendFile(this.#filling, Buffer.alloc(bavail * bsize)).catch(() => undefined);
  }

  async unmount(): Promise<void> {
    await this.#letGo();
    await run('umount', ['-l', this.#folder]);
  }

  get #filling(): string {
    return join(this.#folder, 'filling');
  }
}
