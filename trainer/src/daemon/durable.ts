import { randomUUID } from 'node:crypto';
import { constants, copyFile, link, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Replaces a file whole: after a crash there is the old content or the new one, never a part. */
export async function writeDurably(path: string, text: string): Promise<void> {
  const partial = `${path}.${randomUUID()}.part`;
  try {
    const file = await open(partial, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Gives a finished file a second name that outlives the first, without copying its bytes where the disk allows. */
export async function keepDurably(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EEXIST') return;
    if (code !== 'EXDEV' && code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EMLINK') throw error;
    await copyFile(from, to, constants.COPYFILE_FICLONE);
  }
  const file = await open(to, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  await syncFolder(dirname(to));
}

async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** `ENOENT`, `ENOSPC` …, or null for an error that is not the system's. */
export function errorCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** Says what to do about a full disk; null for any other error. */
export function explainFullDisk(error: unknown, folder: string): string | null {
  const code = errorCode(error);
  if (code === 'ENOSPC') return `the disk that holds ${folder} is full: free some space, or give the trainer another STUDYHALL_HOME`;
  if (code === 'EDQUOT') return `the quota for ${folder} is used up: free some space, or give the trainer another STUDYHALL_HOME`;
  return null;
}
