import { setTimeout as delay } from 'node:timers/promises';

/** Between an answer and the next question. */
const [LEAST_PAUSE_MS, MOST_PAUSE_MS] = [25, 500];

/**
 * Asks until the answer holds, and returns it. Asking takes a tenth of the time at most, so that it does not hold up what it waits for, unless
 * the machine is so busy that what is waited for might pass unseen.
 *
 * @throws Error naming the condition and the last answer when the deadline passes.
 */
export async function until<T>(condition: string, ask: () => Promise<T> | T, holds: (answer: T) => boolean, seconds = 300): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const asked = performance.now();
    const answer = await ask();
    const tookMs = performance.now() - asked;
    if (holds(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`not within ${seconds} s: ${condition}; last: ${JSON.stringify(answer)?.slice(0, 2000)}`);
    await delay(Math.min(Math.max(9 * tookMs, LEAST_PAUSE_MS), MOST_PAUSE_MS));
  }
}
