import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { holdLock } from './machine/lock.mjs';
import { root } from './place.mjs';

/** A disk may be slow, but nobody waits for it longer than this. */
const flushWithinMs = 20_000;

/**
 * Makes what is not there or not fresh, alone: of several processes that need it in this repository (two starts, a trainer) the others
 * wait, and then find it made.
 *
 * @param {() => Promise<boolean>} isFresh
 * @param {() => Promise<void>} make
 * @returns {Promise<boolean>} whether this process had to make it
 */
export async function makeAlone(isFresh, make) {
  if (await isFresh()) return false;
  const lock = await waitForTurn();
  try {
    if (await isFresh()) return false;
    await make();
    return true;
  } finally {
    lock?.release();
  }
}

/** The lock is on a file that every clone has: none has to be made, cleaned up or ignored. */
async function waitForTurn() {
  for (let told = false; ; told = true) {
    try {
      const lock = await holdLock(path.join(root, 'package.json'));
      if (lock) return lock;
    } catch {
      // Who may not write here makes nothing here, and is told so by what cannot be written.
      return null;
    }
    if (!told) console.error('Another process installs, generates or builds in this folder; waiting for it.');
    await delay(200);
  }
}

/** Forces what tools wrote to the disk: a mark that it is there must not outlive it, should the power fail. */
export async function flush() {
  await new Promise((resolve) => {
    const child = spawn('sync', { stdio: 'ignore' });
    const timer = setTimeout(resolve, flushWithinMs).unref();
    for (const event of ['error', 'exit']) child.once(event, () => resolve(clearTimeout(timer)));
  });
}
