// @ts-check

/** A closed terminal, Ctrl-C, and what supervisors send. */
export const endSignals = /** @type {const} */ (['SIGHUP', 'SIGINT', 'SIGTERM']);

/**
 * Calls `handle` for each signal that asks this process to end, with how many came so far: the first means in order, further ones sooner.
 * From then on a terminal that is gone is no reason to fail: what is written there is lost.
 *
 * @param {(signal: NodeJS.Signals, count: number) => void} handle
 * @returns {() => void} stops listening
 */
export function onEndSignals(handle) {
  let count = 0;
  /** @param {NodeJS.Signals} signal */
  const listener = (signal) => handle(signal, ++count);
  for (const signal of endSignals) process.on(signal, listener);
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignore);
  return () => {
    for (const signal of endSignals) process.off(signal, listener);
  };
}

function ignore() {}

/** Set by the starter for what it starts: they end with it, for its end of their standard input closes however it ends. */
export const starterVariable = 'STUDYHALL_STARTER';

/**
 * Calls `handle` once the starter that started this process is gone. Does nothing in a process that was started otherwise.
 *
 * @param {() => void} handle
 * @param {number} [afterMs] how much later, for what others need while they end
 */
export function onStarterGone(handle, afterMs = 0) {
  if (!process.env[starterVariable]) return;
  // What this process starts is its own business.
  delete process.env[starterVariable];
  process.stdin
    .once('close', () => setTimeout(handle, afterMs))
    .on('error', ignore)
    .resume();
  /** @type {{ unref?(): void }} */ (process.stdin).unref?.();
}
