import { readFile, readlink, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import { isAlive } from '../../../start/machine/process.mjs';

const pidFile = (dataFolder: string) => path.join(dataFolder, 'postmaster.pid');

async function lines(dataFolder: string): Promise<string[]> {
  return (await readFile(pidFile(dataFolder), 'utf8').catch(() => '')).split('\n');
}

/** The port of the Postgres that holds the data directory, as it noted it; 0 if none does. */
export async function portInPidFile(dataFolder: string): Promise<number> {
  return Number((await lines(dataFolder))[3]) || 0;
}

/** The process id of the Postgres that holds the data directory; 0 if there is none, or the number is provably another program's. */
export async function holderOf(dataFolder: string): Promise<number> {
  const pid = Number((await lines(dataFolder))[0]) || 0;
  return pid > 0 && isAlive(pid) && !(await isForeign(pid, dataFolder)) ? pid : 0;
}

/**
 * In a container that was killed, the number in postmaster.pid may meanwhile belong to another program, or to another Postgres, and ours
 * would refuse to start for ever. Where the system tells, such a file is removed.
 */
export async function removeForeignPidFile(dataFolder: string): Promise<void> {
  const pid = Number((await lines(dataFolder))[0]) || 0;
  if (pid > 0 && isAlive(pid) && (await isForeign(pid, dataFolder))) await rm(pidFile(dataFolder), { force: true });
}

/** Every process of a Postgres works in its data directory: one that is called otherwise, or works elsewhere, is not of this one. */
async function isForeign(pid: number, dataFolder: string): Promise<boolean> {
  const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => undefined);
  if (name === undefined) return false;
  if (name.trim() !== 'postgres') return true;
  const folder = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  return folder !== undefined && folder !== (await realpath(dataFolder));
}
