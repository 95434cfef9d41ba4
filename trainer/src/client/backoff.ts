const FIRST_MS = 100;
const LONGEST_MS = 3_000;

/** Milliseconds to wait before retry number `retries` (from 0): doubling, at most 3 s, spread so that a fleet does not return at once. */
export function retryDelay(retries: number, random: () => number = Math.random): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(retries, 16));
  return full * (0.5 + random() / 2);
}
