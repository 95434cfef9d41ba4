// @ts-check
import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * Replaces a file whole: after a crash or a power cut there is the old content or the new one, never a part and never nothing.
 *
 * @param {string} file
 * @param {string} text
 * @param {number} [mode]
 */
export async function writeDurably(file, text, mode = 0o600) {
  const partial = `${file}.${randomUUID()}.part`;
  try {
    const handle = await open(partial, 'wx', mode);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  await syncFolder(path.dirname(file));
}

/**
 * Forces a folder's list of names to the disk, where its file system knows how.
 *
 * @param {string} folder
 */
export async function syncFolder(folder) {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r').catch(() => null);
  // Network and FUSE file systems may know no such thing; the content is on the disk by now.
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/**
 * What keeps a folder from being written, and what to do.
 *
 * @type {Readonly<Record<string, readonly [string, string]>>}
 */
const obstacles = {
  ENOSPC: ['its disk is full', 'free some space'],
  EDQUOT: ['the quota there is used up', 'free some space'],
  EROFS: ['it can only be read', 'make it writable'],
  EACCES: ['this user may not write there', 'give it the folder'],
  EPERM: ['this user may not write there', 'give it the folder'],
  ENOTDIR: ['a part of that path is a file', 'move that away'],
  // Also what Node says of a folder in one that can only be read.
  ENOENT: ['it cannot be made', 'make it'],
};

/**
 * Why a folder cannot be written, and what to do; null for an error that is not about that.
 *
 * @param {unknown} error
 * @param {string} folder
 * @param {string} variable the variable that names another folder
 */
export function explainUnwritable(error, folder, variable) {
  const [obstacle, remedy] = obstacles[/** @type {{ code?: string } | null} */ (error)?.code ?? ''] ?? [];
  return obstacle ? `${folder} cannot be written, as ${obstacle}: ${remedy}, or set ${variable} to another folder.` : null;
}
