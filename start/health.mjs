import { setTimeout as delay } from 'node:timers/promises';
import { request } from './request.mjs';

/** After this long without an answer people hear of it; then after twice as long, and so on. */
const firstNoteMs = 60_000;

/** Resolves once the address answers 200, and says so for as long as it does not. */
export async function untilHealthy(url, { name, logFile }, signal, tell) {
  const began = performance.now();
  for (let noteAt = firstNoteMs; ; ) {
    signal.throwIfAborted();
    // By the name that every host rule allows, whatever address it is bound to.
    const options = { headers: { host: 'localhost' }, signal: AbortSignal.any([signal, AbortSignal.timeout(5000)]) };
    const answer = await request(url, options).catch(() => null);
    if (answer?.status === 200) return;
    const waited = performance.now() - began;
    if (waited > noteAt) {
      const how = answer ? `answers with status ${answer.status}` : 'does not answer';
      tell(`The ${name} ${how} at ${url}, for ${Math.round(waited / 1000)} s now; it is waited for. Log: ${logFile}`);
      noteAt *= 2;
    }
    await delay(waited < 30_000 ? 50 : 1000);
  }
}
