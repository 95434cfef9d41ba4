import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, chown, mkdir, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { syncFolder } from '../../../start/machine/durable.mjs';
import { type PostgresBinaries, systemFolder } from './binaries.ts';
import { runWithAccount, saidBy } from './identity.ts';
import { makePassword, readPassword, resetPassword } from './password.ts';

const run = promisify(execFile);

/** A data directory and the password of its only user, `postgres`, with the file that keeps it. */
export type Cluster = { dataFolder: string; password: string; passwordFile: string };

export type ClusterOptions = {
  /** false: nothing has to survive a power cut. */
  sync: boolean;
  log(message: string): void;
};

/**
 * The cluster under `home`, made if it is not there yet. A password that was lost is replaced in the database that is there; nothing that
 * opens it is ever overwritten.
 *
 * @throws if the data directory belongs to another major version of Postgres, or is damaged.
 */
export async function openCluster(home: string, binaries: PostgresBinaries, { sync, log }: ClusterOptions): Promise<Cluster> {
  const dataFolder = await chooseDataFolder(home, binaries);
  // Beside the data, wherever that went: who deletes one of the two deletes both.
  const passwordFile = path.dirname(dataFolder) === home ? path.join(home, 'password') : `${dataFolder}.password`;
  await mkdir(path.dirname(passwordFile), { recursive: true, mode: 0o755 });
  const kept = await readPassword(passwordFile);
  if (await isInitialised(dataFolder, binaries.major)) {
    const password = kept ?? (await resetPassword(passwordFile, dataFolder, binaries));
    if (!kept) log(`The database's password was lost; it has a new one, in ${passwordFile}.`);
    return { dataFolder, passwordFile, password };
  }
  const password = kept ?? (await makePassword(passwordFile));
  await initialise(dataFolder, password, binaries, sync);
  return { dataFolder, passwordFile, password };
}

/** @throws if what is there is no database, or one of another Postgres. */
async function isInitialised(dataFolder: string, ours: number): Promise<boolean> {
  const entries = await readdir(dataFolder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new Error(`The database in ${dataFolder} cannot be read (${error.message}).`, { cause: error });
  });
  if (entries.length === 0) return false;
  const version = await readFile(path.join(dataFolder, 'PG_VERSION'), 'utf8').catch(() => '');
  if (!/^\d+\s*$/.test(version))
    throw new Error(
      `${dataFolder} holds files, but no whole database (PG_VERSION is missing or empty). Bring it back from a copy, or move that folder away to begin anew; nothing was changed.`,
    );
  checkVersion(Number(version), ours, dataFolder);
  return true;
}

function checkVersion(found: number, ours: number, dataFolder: string): void {
  if (found === ours) return;
  const advice =
    found > ours
      ? 'It was written by a newer Studyhall: update this one, or set STUDYHALL_HOME to another folder.'
      : `Upgrade it with pg_upgrade or a dump (pg_dump of Postgres ${found}), or set STUDYHALL_HOME to another folder.`;
  throw new Error(`The database in ${dataFolder} is of Postgres ${found}, this Studyhall brings Postgres ${ours}. ${advice}`);
}

/** `home/data`, or a folder under /var/lib when the user Postgres runs as cannot reach that; where the data is already, if it is. */
async function chooseDataFolder(home: string, { identity }: PostgresBinaries): Promise<string> {
  const wanted = path.join(home, 'data');
  const { uid, gid } = identity;
  if (uid === undefined || gid === undefined) return wanted;
  // By the folder's own name; an earlier version took the one it was reached by.
  const places = [await realpath(home), path.resolve(home)].map(systemPlace);
  for (const place of [wanted, ...places]) if (await exists(path.join(place, 'PG_VERSION'))) return place;
  const reachable = await run('test', ['-x', home], { ...identity, cwd: '/' }).then(
    () => true,
    () => false,
  );
  if (reachable) return wanted;
  await mkdir(systemFolder, { recursive: true });
  // Whatever the umask says: Postgres's user has to pass through it.
  await chmod(systemFolder, 0o755);
  return places[0] ?? wanted;
}

function systemPlace(home: string): string {
  return path.join(systemFolder, `data-${createHash('sha256').update(home).digest('hex').slice(0, 12)}`);
}

async function exists(file: string): Promise<boolean> {
  return Boolean(await stat(file).catch(() => undefined));
}

/** Runs initdb beside the final place and renames: an interrupted one leaves nothing that looks like a cluster. */
async function initialise(dataFolder: string, password: string, { bin, identity }: PostgresBinaries, sync: boolean): Promise<void> {
  const temporary = `${dataFolder}.new`;
  const passwordFile = path.join(temporary, '..', `.initdb-${process.pid}`);
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (identity.uid !== undefined && identity.gid !== undefined) {
    await chown(temporary, identity.uid, identity.gid);
    await chown(passwordFile, identity.uid, identity.gid);
  }
  const options = ['-D', temporary, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8'];
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  try {
    await runWithAccount(path.join(bin, 'initdb'), [...options, ...locale, ...(sync ? [] : ['--no-sync'])], identity);
  } catch (error) {
    throw new Error(`Postgres could not create its data directory ${dataFolder}: ${saidBy(error)}`, { cause: error });
  } finally {
    await rm(passwordFile, { force: true });
  }
  await chmod(temporary, 0o700);
  await rename(temporary, dataFolder);
  if (sync) await syncFolder(path.dirname(dataFolder));
}
