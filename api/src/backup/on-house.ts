import { constants } from 'node:os';
import { onEndSignals } from '../../../start/machine/signals.mjs';
import type { Settings } from '../env.ts';
import { type OpenHouse, openHouse } from './open-house.ts';

/** How long what was given up may take to put things back in order. */
const patienceMs = 10_000;

/**
 * Does a command's work on the house that the settings name, and closes the house, with a Postgres that was started for it alone. Told to end,
 * it gives the work up: nothing half made remains.
 *
 * @param work fails soon after `ending` is aborted, once what it wrote so far is gone
 * @returns the exit code
 */
export async function onHouse(settings: Settings, work: (house: OpenHouse, ending: AbortSignal) => Promise<void>): Promise<number> {
  const ending = new AbortController();
  let code = 0;
  const given = new Promise<void>((resolve) => {
    ending.signal.addEventListener('abort', () => setTimeout(resolve, patienceMs).unref(), { once: true });
  });
  onEndSignals((signal) => {
    code = 128 + constants.signals[signal];
    ending.abort(new Error(`Told to end (${signal}): nothing of it was kept.`));
  });
  try {
    const house = await openHouse(settings, (line) => console.error(line), ending.signal);
    try {
      await Promise.race([work(house, ending.signal), given]);
    } finally {
      await house.close();
    }
    ending.signal.throwIfAborted();
  } catch (error) {
    console.error(ending.signal.aborted ? ending.signal.reason.message : (error as Error).message);
    return code || 1;
  }
  return code;
}
