import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { type PostgresBinaries, postgresEnvironment, systemFolder } from './binaries.ts';

const run = promisify(execFile);

/** A data directory and the password of its only user, `postgres`, with the file that keeps it. */
export type Cluster = { dataFolder: string; password: string; passwordFile: string };

/**
 * The cluster under `home`, made if it is not there yet.
 *
 * @throws if the data directory belongs to another major version of Postgres.
 */
export async function openCluster(home: string, binaries: PostgresBinaries): Promise<Cluster> {
  await mkdir(home, { recursive: true });
  const dataFolder = await chooseDataFolder(home, binaries);
  // Beside the data, wherever that went: who deletes one of the two deletes both.
  const passwordFile = path.dirname(dataFolder) === home ? path.join(home, 'password') : `${dataFolder}.password`;
  await mkdir(path.dirname(passwordFile), { recursive: true, mode: 0o755 });
  const password = await openPassword(passwordFile);
  const version = await readFile(path.join(dataFolder, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (version === undefined) await initialise(dataFolder, password, binaries);
  else checkVersion(Number(version.trim()), binaries.major, dataFolder);
  return { dataFolder, password, passwordFile };
}

function checkVersion(found: number, ours: number, dataFolder: string): void {
  if (found === ours) return;
  const advice =
    found > ours
      ? 'It was written by a newer Studyhall: update this one, or set STUDYHALL_HOME to another folder.'
      : `Upgrade it with pg_upgrade or a dump (pg_dump of Postgres ${found}), or set STUDYHALL_HOME to another folder.`;
  throw new Error(`The database in ${dataFolder} is of Postgres ${found}, this Studyhall brings Postgres ${ours}. ${advice}`);
}

/** Random, kept in a file that only its owner may read. */
async function openPassword(file: string): Promise<string> {
  const found = await readFile(file, 'utf8').catch(() => undefined);
  if (found?.trim()) return found.trim();
  const password = randomBytes(24).toString('hex');
  await writeFile(file, `${password}\n`, { mode: 0o600 });
  return password;
}

/** `home/data`, or a folder under /var/lib when the user Postgres runs as cannot reach that. */
async function chooseDataFolder(home: string, { identity }: PostgresBinaries): Promise<string> {
  const wanted = path.join(home, 'data');
  const { uid, gid } = identity;
  if (uid === undefined || gid === undefined) return wanted;
  const reachable = await run('test', ['-x', home], { ...identity, cwd: '/' }).then(
    () => true,
    () => false,
  );
  if (reachable) return wanted;
  const name = createHash('sha256').update(path.resolve(home)).digest('hex').slice(0, 12);
  await mkdir(systemFolder, { recursive: true });
  // Whatever the umask says: Postgres's user has to pass through it.
  await chmod(systemFolder, 0o755);
  return path.join(systemFolder, `data-${name}`);
}

/** Runs initdb beside the final place and renames: an interrupted one leaves nothing that looks like a cluster. */
async function initialise(dataFolder: string, password: string, { bin, identity }: PostgresBinaries): Promise<void> {
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
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--no-sync'];
  try {
    await run(path.join(bin, 'initdb'), [...options, ...locale], { ...identity, env: postgresEnvironment, cwd: '/' });
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new Error(`Postgres could not create its data directory ${dataFolder}: ${stderr?.trim() || message}`, { cause: error });
  } finally {
    await rm(passwordFile, { force: true });
  }
  await chmod(temporary, 0o700);
  await rename(temporary, dataFolder);
}
