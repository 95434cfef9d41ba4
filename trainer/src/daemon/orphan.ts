import { readFile, readlink } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { fateOf, type Identity } from '../../../start/machine/process.mjs';

/** A process that SIGKILL does not end within this time hangs in the system, and is left to it. */
const PATIENCE_MS = 10_000;

/**
 * Ends the working process that a killed daemon left behind, if it still lives. It would end by itself after its batch, for its channel
 * to the daemon is gone; until then it would hold memory that its successor needs. A process id may be somebody else's by now, an editor's
 * that has the folder open: only this very Node, whose last argument is the daemon's folder, is ended.
 *
 * @param identity of the process, as it was noted when it started; null where an earlier version noted none
 */
export async function endOrphan(pid: number, folder: string, identity: Identity | null = null): Promise<void> {
  for (const until = performance.now() + PATIENCE_MS; performance.now() < until; await delay(20)) {
    if (!(await runsFor(pid, folder)) || (identity && (await fateOf(identity)) !== 'running')) return;
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      return;
    }
  }
}

/** Linux only; elsewhere the process is left to end by itself. */
async function runsFor(pid: number, folder: string): Promise<boolean> {
  const commandLine = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replace(/\0$/, '').split('\0');
  const program = (await readlink(`/proc/${pid}/exe`).catch(() => '')).replace(/ \(deleted\)$/, '');
  return program === process.execPath && commandLine.at(-1) === folder;
}
