import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ArtifactStore } from '../artifacts/store.ts';
import { Hashing } from './hashing.ts';

const never = new AbortController().signal;

/**
 * Copies an artifact into a file, and holds it against its name while it is read.
 *
 * @param ending aborted when there is to be no copy any more
 * @returns its bytes; undefined where the store has none of that name, or others: then there is no file.
 */
export async function copyOut(
  store: ArtifactStore,
  sha256: string,
  file: string,
  {
    modes = { file: 0o666, folder: 0o777 },
    ending = never,
  }: { modes?: { file: number; folder: number }; ending?: AbortSignal | undefined } = {},
) {
  ending.throwIfAborted();
  if ((await store.size(sha256)) === undefined) return undefined;
  await mkdir(path.dirname(file), { recursive: true, mode: modes.folder });
  const hashing = new Hashing();
  await pipeline(store.read(sha256), hashing, createWriteStream(file, { mode: modes.file, flush: true }), { signal: ending });
  if (hashing.digest() === sha256) return hashing.bytes;
  await rm(file);
  return undefined;
}

/** Puts a file's bytes into the store, under no token's quota. */
export async function putIn(store: ArtifactStore, sha256: string, file: string): Promise<void> {
  const unlimited = () => true;
  await store.receive(sha256, createReadStream(file), unlimited, async () => {});
}
