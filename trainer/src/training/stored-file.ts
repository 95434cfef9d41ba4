import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { alive } from '../alive.ts';
import { sha256Of } from '../data/sha256.ts';
import { quantity } from '../quantity.ts';
import type { StoredFile } from './events.ts';
import { TrainingError } from './failure.ts';

const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');

/** Some seconds' worth of a slow disk. */
const PIECE = 2 ** 26;

/** Writes, flushes to the disk and only then takes its name: a crash or a full disk leaves no half file under it. */
const writeWhole = async (path: string, bytes: Buffer): Promise<void> => {
  const draft = `${path}.part`;
  try {
    const file = await open(draft, 'w');
    try {
      for (let at = 0; at < bytes.length; at += PIECE) {
        await file.writeFile(bytes.subarray(at, at + PIECE));
        alive();
      }
      await file.sync();
      alive();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw error;
  }
};

/**
 * Stores bytes as `folder/stem-HASH.safetensors`.
 *
 * @throws TrainingError when the disk is full; what was stored before is untouched.
 */
export const storeFile = async (folder: string, stem: string, bytes: Buffer): Promise<StoredFile> => {
  const sha256 = sha256Of([bytes]);
  const path = join(folder, `${stem}-${sha256.slice(0, 12)}.safetensors`);
  try {
    await mkdir(folder, { recursive: true });
    await writeWhole(path, bytes);
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    throw new TrainingError(
      `the disk is full: ${quantity(bytes.length, 'B')} for ${path} could not be written. Earlier checkpoints are kept; free some space and the run goes on from the last one`,
      { cause: error },
    );
  }
  return { path, sha256, bytes: bytes.length };
};
