import { createReadStream, type ReadStream } from 'node:fs';
import { copyFile, link, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { Incoming } from './incoming.ts';
import type { ArtifactStore, ByteRange } from './store.ts';

/** What file systems answer that have no hard links: some shares, and most that programs serve. */
const withoutLinks = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/** A folder of this machine, or one that several share. */
export class DiskStore implements ArtifactStore {
  readonly #folder: string;
  readonly #incoming: Incoming;

  constructor(folder: string, maxBytes: number) {
    this.#folder = folder;
    // Beside their final place: what has come in whole is put there without being copied.
    this.#incoming = new Incoming(path.join(folder, 'incoming'), maxBytes);
  }

  get name(): string {
    return this.#folder;
  }

  async open(): Promise<void> {
    await this.#incoming.open();
  }

  checkSize(bytes: number): void {
    this.#incoming.checkSize(bytes);
  }

  pathOf(sha256: string): string {
    return path.join(this.#folder, sha256.slice(0, 2), sha256);
  }

  async size(sha256: string): Promise<number | undefined> {
    const found = await stat(this.pathOf(sha256)).catch(() => undefined);
    return found?.size;
  }

  read(sha256: string, range?: ByteRange): ReadStream {
    return createReadStream(this.pathOf(sha256), range);
  }

  receive(sha256: string, body: Readable, take: (bytes: number) => boolean, keep: (bytes: number) => Promise<void>): Promise<number> {
    return this.#incoming.receive(sha256, body, take, async (file, bytes) => {
      await this.#place(file, sha256);
      await keep(bytes);
      // The collector may have removed an older copy just before `keep` recorded this one.
      await this.#place(file, sha256);
    });
  }

  async remove(sha256: string): Promise<void> {
    await rm(this.pathOf(sha256), { force: true });
  }

  async *olderThan(ageMs: number): AsyncGenerator<string> {
    for (const entry of await readdir(this.#folder, { withFileTypes: true })) {
      if (!entry.isDirectory() || entry.name.length !== 2) continue;
      for (const sha256 of await readdir(path.join(this.#folder, entry.name))) {
        const found = await stat(this.pathOf(sha256)).catch(() => undefined);
        if (found && Date.now() - found.mtimeMs > ageMs) yield sha256;
      }
    }
  }

  removeBroken(ageMs: number): Promise<void> {
    return this.#incoming.removeBroken(ageMs);
  }

  async #place(temporary: string, sha256: string): Promise<void> {
    const target = this.pathOf(sha256);
    const place = () =>
      link(temporary, target).catch(async (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return;
        if (!withoutLinks.includes(error.code ?? '')) throw error;
        const copy = `${temporary}.copy`;
        await copyFile(temporary, copy);
        await rename(copy, target);
      });
    await place().catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      await mkdir(path.dirname(target), { recursive: true });
      await place();
    });
  }
}
