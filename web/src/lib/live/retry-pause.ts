/** How long to wait before trying again, in milliseconds: quick at first, for a restart; spread, so that many pages do not knock at once. */
export function retryPause(failures: number, random: () => number = Math.random): number {
  return Math.min(2000, 250 * 2 ** Math.min(failures, 10)) * (0.5 + random());
}
