import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { home } from './place.mjs';
import { isOurs, terminate } from './process.mjs';

const lockFile = path.join(home, 'house.lock');

/**
 * Takes the data folder for this process. Services that a killed starter left behind are ended first.
 *
 * @throws if another Studyhall runs on it.
 */
export async function takeHome(link) {
  await mkdir(home, { recursive: true });
  const mine = { pid: process.pid, link, services: [] };
  const write = (flag) => writeFile(lockFile, JSON.stringify(mine), { flag });
  try {
    await write('wx');
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    const other = JSON.parse((await readFile(lockFile, 'utf8').catch(() => '')) || '{}');
    if (other.pid && (await isOurs(other.pid, 'start/main.mjs'))) {
      throw new Error(
        `Another Studyhall (process ${other.pid}) already runs on ${home}: ${other.link}\nUse that one, stop it, or set STUDYHALL_HOME to another folder.`,
      );
    }
    for (const pid of other.services ?? []) await terminate(pid);
    await write('w');
  }
  return {
    /** Remembers a service's process, so that the next start can end it should this one be killed. */
    note: async (pids) => {
      mine.services = pids;
      await write('w');
    },
    release: () => rm(lockFile, { force: true }),
  };
}
