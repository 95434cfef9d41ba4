import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Db } from '../db.ts';
import type { TokenRole } from '../generated/prisma/client.ts';
import { createToken, findToken } from './tokens.ts';

/** Files in $STUDYHALL_HOME, readable by their owner alone: who can read them, may use this Studyhall. */
const files = [
  { file: 'key', role: 'PERSON', name: 'owner' },
  { file: 'trainer-token', role: 'TRAINER', name: 'trainer on this machine' },
] as const satisfies readonly { file: string; role: TokenRole; name: string }[];

/** Makes the first person's key and the first trainer's token, or new ones where the database does not know the files' any more. */
export async function ensureFirstKeys(db: Db, home: string): Promise<void> {
  await mkdir(home, { recursive: true });
  for (const { file, role, name } of files) {
    const location = path.join(home, file);
    const text = (await readFile(location, 'utf8').catch(() => '')).trim();
    if (text && (await findToken(db, text))?.role === role) continue;
    await writeFile(location, `${await createToken(db, name, role, null)}\n`, { mode: 0o600 });
  }
}
