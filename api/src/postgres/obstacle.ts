import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Identity } from './identity.ts';

/**
 * What keeps a user from executing a file: the first folder on the way that it may not enter, or the file itself.
 *
 * @returns e.g. `/root may not be entered by user 101 (mode 700)`
 */
export async function obstacleTo(file: string, { uid = process.getuid?.(), gid = process.getgid?.() }: Identity): Promise<string> {
  const folders: string[] = [];
  for (let folder = path.dirname(file); !folders.includes(folder); folder = path.dirname(folder)) folders.unshift(folder);
  for (const place of [...folders, file]) {
    const { mode, uid: owner, gid: group } = await stat(place);
    const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001;
    if (mode & bit) continue;
    const what = place === file ? 'executed' : 'entered';
    return `${place} may not be ${what} by user ${uid} (mode ${(mode & 0o777).toString(8)})`;
  }
  return `the file system that holds ${file} may be mounted noexec`;
}
