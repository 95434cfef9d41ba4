import { constants, copyFile, link, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from '../../../start/machine/durable.mjs';

export { writeDurably } from '../../../start/machine/durable.mjs';

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
