import { wholeNumber } from '../format/number.ts';

/** Where a run stands that waits for a trainer; null for one that does not. */
export function queueWords({ state, queuePosition }: { state: string; queuePosition: number | null }): string | null {
  if (state !== 'QUEUED' || queuePosition === null) return null;
  return queuePosition === 1 ? 'Next in the queue' : `Place ${wholeNumber(queuePosition)} in the queue`;
}
