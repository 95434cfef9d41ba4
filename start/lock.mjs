import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { home } from './place.mjs';
import { isOurs, terminate } from './process.mjs';
import { endingOrder } from './service.mjs';

const lockFile = path.join(home, 'house.lock');
const draft = `${lockFile}.${process.pid}`;

/**
 * Takes the data folder for this process. Services that a killed starter left behind are ended first.
 * The file is never seen half written: it is drafted beside its place, then linked or moved there.
 *
 * @throws if another Studyhall runs on it.
 */
export async function takeHome(link) {
  mkdirSync(home, { recursive: true });
  const mine = { pid: process.pid, link, services: {} };
  const write = (publish) => {
    writeFileSync(draft, JSON.stringify(mine));
    publish(draft, lockFile);
  };
  try {
    write(linkSync);
    rmSync(draft);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    rmSync(draft);
    await endOther(JSON.parse(readFileSync(lockFile, 'utf8')));
    write(renameSync);
  }
  return {
    /** Remembers the services' processes by name, so that the next start can end them should this one be killed. */
    note: (services) => {
      mine.services = services;
      write(renameSync);
    },
    release: () => rmSync(lockFile, { force: true }),
  };
}

async function endOther({ pid, link, services }) {
  if (await isOurs(pid, 'start/main.mjs')) {
    throw new Error(
      `Another Studyhall (process ${pid}) already runs on ${home}: ${link}\nUse that one, stop it, or set STUDYHALL_HOME to another folder.`,
    );
  }
  for (const name of endingOrder) if (services[name]) await terminate(services[name]);
}
