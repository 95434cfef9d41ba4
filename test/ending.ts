import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';
import { endCommands } from '../start/command.mjs';
import { onEndSignals } from '../start/machine/signals.mjs';

type Closer = () => unknown;

const open = new Set<Closer>();

/** What has not ended by then is left: whoever sent the signal waits. */
const patienceMs = 30_000;

/**
 * Has something that this command started ended with it, should the command be told to end before it has done so by itself.
 *
 * @returns says that it was ended.
 */
export function endWith(close: Closer): () => void {
  open.add(close);
  return () => open.delete(close);
}

/**
 * For commands that start processes: told to end, they end what they started, what came last first, and then themselves. A signal may come
 * twice (npm passes on what the terminal has sent to all): it is the same one.
 */
export function endInOrder(): void {
  let ending = false;
  onEndSignals((signal) => {
    if (ending) return;
    ending = true;
    const leave = () => process.exit(128 + constants.signals[signal]);
    setTimeout(leave, patienceMs);
    void endAll().then(leave);
  });
}

async function endAll(): Promise<void> {
  await endCommands();
  for (const close of [...open].reverse()) {
    try {
      await close();
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
    }
  }
}

/** A folder that goes with this command. Postgres may run as another user, who has to be able to enter. */
export async function temporaryFolder(prefix: string): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), prefix));
  await chmod(folder, 0o755);
  const remove = async () => {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    forget();
  };
  const forget = endWith(remove);
  return { folder, remove };
}
