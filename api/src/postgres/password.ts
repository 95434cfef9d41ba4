import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { writeDurably } from '../../../start/machine/durable.mjs';
import type { PostgresBinaries } from './binaries.ts';
import { runWithAccount, saidBy } from './identity.ts';
import { holderOf, removeStalePidFile } from './pid-file.ts';

/**
 * The password of the cluster's only user, in a file that only its owner may read.
 *
 * @returns undefined if there is none, or a file that is empty or holds nothing but zeros, as a power cut may leave it.
 * @throws if it is there and cannot be read: another one must not take its place.
 */
export async function readPassword(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).replaceAll('\0', '').trim() || undefined;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new Error(`The database's password in ${file} cannot be read (${message}): let this user read it.`, { cause: error });
  }
}

/** Random. On the disk before any database knows it. */
export async function makePassword(file: string): Promise<string> {
  const password = randomBytes(24).toString('hex');
  await writeDurably(file, `${password}\n`);
  return password;
}

/**
 * Gives a cluster whose password is lost a new one: its server is run in single-user mode, which asks for none, for who may write its files
 * owns it anyway. The new one is written down after the cluster has taken it; until then this can be done again.
 *
 * @throws if a Postgres runs on the data: single-user mode needs it alone.
 */
export async function resetPassword(file: string, dataFolder: string, { bin, identity }: PostgresBinaries): Promise<string> {
  const holder = await holderOf(dataFolder);
  if (holder)
    throw new Error(
      `The password in ${file} is lost, and a Postgres (process ${holder}) runs on ${dataFolder}. End it (kill -INT ${holder}) and start again: the database then gets a new password, and keeps all it holds.`,
    );
  await removeStalePidFile(dataFolder);
  const password = randomBytes(24).toString('hex');
  try {
    const args = ['--single', '-D', dataFolder, '-c', 'log_destination=stderr', '-c', 'logging_collector=off', 'postgres'];
    const said = await runWithAccount(path.join(bin, 'postgres'), args, identity, `ALTER ROLE postgres PASSWORD '${password}'\n`);
    const failure = /^.*(?:ERROR|FATAL|PANIC): .*$/m.exec(said)?.[0];
    if (failure) throw new Error(failure);
  } catch (error) {
    throw new Error(`The password in ${file} is lost, and the database in ${dataFolder} could not be given a new one: ${saidBy(error)}`, {
      cause: error,
    });
  }
  await writeDurably(file, `${password}\n`);
  return password;
}
