import { freeSpace } from '../free-space.ts';
import { inBytes } from './bytes.ts';
import { FetchError } from './fetch-error.ts';

/** @throws FetchError if the disk has less room than is needed. */
export const expectSpace = async (folder: string, needed: number): Promise<void> => {
  const free = await freeSpace(folder);
  if (free < needed) throw new FetchError(`${folder} has ${inBytes(free)} free, and ${inBytes(needed)} are needed: free some space`);
};
