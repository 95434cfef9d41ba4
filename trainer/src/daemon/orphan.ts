import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Ends the training process that a killed daemon left behind, if it still lives. It would end by itself after its batch, for its channel
 * to the daemon is gone; until then it would hold memory that its successor needs. A process id may be somebody else's by now:
 * only one whose command line names the daemon's folder is touched.
 */
export async function endOrphan(pid: number, folder: string): Promise<void> {
  while (await runsFor(pid, folder)) {
    process.kill(pid, 'SIGKILL');
    await delay(20);
  }
}

/** Linux only; elsewhere the process is left to end by itself. */
async function runsFor(pid: number, folder: string): Promise<boolean> {
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return commandLine.split('\0').includes(folder);
}
