import { readFile, readlink, realpath, rm, stat } from 'node:fs/promises';
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

/** A Postgres that starts has written its number into the file that it made long before. */
const writtenAfterMs = 5000;

/**
 * In a container that was killed, the number in postmaster.pid may meanwhile belong to another program, or to another Postgres, and after a
 * power cut there may be none: ours would refuse to start for ever. Where that is sure, such a file is removed.
 */
export async function removeStalePidFile(dataFolder: string): Promise<void> {
  const [first = ''] = await lines(dataFolder);
  const pid = Number(first) || 0;
  const stale = pid === 0 ? await isOld(pidFile(dataFolder)) : pid > 0 && isAlive(pid) && (await isForeign(pid, dataFolder));
  if (stale) await rm(pidFile(dataFolder), { force: true });
}

async function isOld(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > writtenAfterMs;
}

/** Every process of a Postgres works in its data directory: one that is called otherwise, or works elsewhere, is not of this one. */
async function isForeign(pid: number, dataFolder: string): Promise<boolean> {
  const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => undefined);
  if (name === undefined) return false;
  if (name.trim() !== 'postgres') return true;
  const folder = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  return folder !== undefined && folder !== (await realpath(dataFolder));
}
