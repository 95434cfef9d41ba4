import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { explainUnwritable, writeDurably } from './machine/durable.mjs';
import { holdLock } from './machine/lock.mjs';
import { endProcess, identify, isAlive } from './machine/process.mjs';
import { home } from './place.mjs';
import { endingOrder } from './service.mjs';

/** What the next start has to know of this one. */
const notesFile = path.join(home, 'house.lock');
/** A service ends by itself when its starter is gone; it may be handing back a run. */
const leftoverPatienceMs = 20_000;

/**
 * Takes the data folder for this process, for as long as it lives. Services that a killed starter left behind are ended first, if they
 * are provably those; others are named and left alone.
 *
 * @param {string} link where the pages will be
 * @param {(line: string) => void} tell
 * @throws if another Studyhall runs on it, or it cannot be written.
 */
export async function takeHome(link, tell) {
  const lock = await open();
  if (!lock) {
    const { pid, link } = await readNotes();
    throw new Error(
      `Another Studyhall ${pid ? `(process ${pid}) ` : ''}already runs on ${home}${link ? `: ${link}` : '.'}\nUse that one, stop it, or set STUDYHALL_HOME to another folder.`,
    );
  }
  const { services = {}, identities = {} } = await readNotes();
  for (const name of endingOrder) await endLeftover(name, services[name], identities[name], tell);
  const write = async (running) => {
    const known = await Promise.all(Object.entries(running).map(async ([name, pid]) => [name, pid && (await identify(pid))]));
    const notes = { pid: process.pid, link, services: running, identities: Object.fromEntries(known) };
    await writeDurably(notesFile, JSON.stringify(notes));
  };
  await write({}).catch(explain);
  let writing = Promise.resolve();
  return {
    /** Remembers the services' processes by name, so that the next start can end them should this one be killed. */
    note: (running) => {
      writing = writing.then(() => write(running)).catch((error) => tell(`${notesFile} could not be written: ${error.message}`));
    },
    release: async () => {
      await writing;
      await rm(notesFile, { force: true });
      lock.release();
    },
  };
}

async function open() {
  try {
    await mkdir(home, { recursive: true });
    return await holdLock(path.join(home, 'lock'));
  } catch (error) {
    return explain(error);
  }
}

function explain(error) {
  throw new Error(explainUnwritable(error, home, 'STUDYHALL_HOME') ?? error.message, { cause: error });
}

/** Empty where there are none, or none that can be read: a power cut may have left a part of them. */
async function readNotes() {
  try {
    const notes = JSON.parse(await readFile(notesFile, 'utf8'));
    return typeof notes === 'object' && notes !== null ? notes : {};
  } catch {
    return {};
  }
}

async function endLeftover(name, pid, identity, tell) {
  if (!Number.isInteger(pid) || pid <= 0) return;
  const ended = identity?.pid === pid ? await endProcess(identity, leftoverPatienceMs) : !isAlive(pid);
  if (ended) return;
  tell(`Process ${pid} may be the ${name} that an earlier start left behind. It is left alone, for that is not sure; if so, kill ${pid}`);
}
