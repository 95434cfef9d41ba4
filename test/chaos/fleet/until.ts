import { setTimeout as delay } from 'node:timers/promises';

const ASK_EVERY_MS = 25;

/**
 * Asks until the answer holds, and returns it.
 *
 * @throws Error naming the condition and the last answer when the deadline passes.
 */
export async function until<T>(condition: string, ask: () => Promise<T> | T, holds: (answer: T) => boolean, seconds = 300): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (holds(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`not within ${seconds} s: ${condition}; last: ${JSON.stringify(answer)?.slice(0, 2000)}`);
    await delay(ASK_EVERY_MS);
  }
}
