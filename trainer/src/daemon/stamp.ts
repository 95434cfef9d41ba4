import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { hostname } from 'node:os';

/**
 * Where a home is: machine, boot, path, and the folder's own device and inode. A copy of a home, by an image, a clone or rsync, has another
 * stamp than the original beside it; so has the same home after a reboot or a move, which a trainer has to ask about.
 *
 * @param folder the home's real path
 * @returns SHA-256: nothing of the machine is told by it
 */
export async function stampOf(folder: string): Promise<string> {
  const { dev, ino } = await stat(folder, { bigint: true });
  const [machine, boot] = await Promise.all(['/etc/machine-id', '/proc/sys/kernel/random/boot_id'].map(textOf));
  return createHash('sha256')
    .update(JSON.stringify([machine, boot, hostname(), folder, `${dev}:${ino}`]))
    .digest('hex');
}

async function textOf(path: string): Promise<string> {
  return (await readFile(path, 'utf8').catch(() => '')).trim();
}
