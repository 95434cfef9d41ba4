import { statfs } from 'node:fs/promises';

/** Bytes that a user who is not root may still write where that folder lies. */
export const freeSpace = async (folder: string): Promise<number> => {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
};
