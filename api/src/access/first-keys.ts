import { mkdir, readdir, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { writeDurably } from '../../../start/machine/durable.mjs';
import type { Db } from '../db.ts';
import type { TokenRole } from '../generated/prisma/client.ts';
import { createToken, findToken } from './tokens.ts';

/** Files in $STUDYHALL_HOME, readable by their owner alone: who can read them, may use this Studyhall. */
const files = [
  { file: 'key', role: 'PERSON', name: 'owner' },
  { file: 'trainer-token', role: 'TRAINER', name: 'trainer on this machine' },
] as const satisfies readonly { file: string; role: TokenRole; name: string }[];

/**
 * Makes the first person's key and the first trainer's token, or new ones where the database does not know the files' (another database,
 * a revoked token). Such a file is set aside, never overwritten: it opens a database that may be used again, and then is found.
 *
 * @throws if a file is there and cannot be read.
 */
export async function ensureFirstKeys(db: Db, home: string, log: (message: string) => void = () => {}): Promise<void> {
  await mkdir(home, { recursive: true });
  for (const { file, role, name } of files) {
    const location = path.join(home, file);
    const knows = async (place: string) => {
      const text = await readKey(place);
      return text !== '' && (await findToken(db, text))?.role === role;
    };
    if (await knows(location)) continue;
    const aside = await setAside(home, file, log);
    const earlier = await findFirst(aside, knows);
    if (earlier) await rename(earlier, location);
    else await writeDurably(location, `${await createToken(db, { name, role, scope: 'ADMIN', createdBy: null })}\n`);
  }
}

/** Empty where there is none, or where a power cut left nothing of it. */
async function readKey(location: string): Promise<string> {
  try {
    return (await readFile(location, 'utf8')).trim();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return '';
    throw new Error(`The key in ${location} cannot be read (${message}): let this user read it.`, { cause: error });
  }
}

/** Gives a key of another database a name of its own. @returns all that were set aside so far. */
async function setAside(home: string, file: string, log: (message: string) => void): Promise<string[]> {
  const earlier = new RegExp(`^${file}\\.other-\\d+$`);
  const names = (await readdir(home)).filter((name) => earlier.test(name));
  if ((await readKey(path.join(home, file))) !== '') {
    const number = 1 + Math.max(0, ...names.map((name) => Number(name.slice(name.lastIndexOf('-') + 1))));
    const name = `${file}.other-${number}`;
    await rename(path.join(home, file), path.join(home, name));
    names.push(name);
    log(`The database does not know the key in ${path.join(home, file)}: it is kept as ${name}, should another database know it.`);
  }
  return names.map((name) => path.join(home, name));
}

async function findFirst(places: readonly string[], accept: (place: string) => Promise<boolean>): Promise<string | undefined> {
  for (const place of places) if (await accept(place)) return place;
  return undefined;
}
