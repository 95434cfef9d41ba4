import { statfs } from 'node:fs/promises';
import { inBytes } from './bytes.ts';
import { FetchError } from './fetch-error.ts';

/** Bytes that a user who is not root may still write where that folder lies. */
export const freeSpace = async (folder: string): Promise<number> => {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
};

/** @throws FetchError if the disk has less room than is needed. */
export const expectSpace = async (folder: string, needed: number): Promise<void> => {
  const free = await freeSpace(folder);
  if (free < needed) throw new FetchError(`${folder} has ${inBytes(free)} free, and ${inBytes(needed)} are needed: free some space`);
};
