import { wholeNumber } from '@/lib/format/number.ts';

/** What can be done to many runs at once. */
export type BulkAction = 'CANCEL' | 'RETRY' | 'ARCHIVE' | 'UNARCHIVE' | 'DELETE' | 'TAG' | 'MOVE';

const did: Record<BulkAction, string> = {
  CANCEL: 'Cancelled',
  RETRY: 'Queued again',
  ARCHIVE: 'Archived',
  UNARCHIVE: 'Taken out of the archive',
  DELETE: 'Deleted',
  TAG: 'Tagged',
  MOVE: 'Moved',
};

/** `Archived 10 of 12 runs.` */
export function resultWords(action: BulkAction, done: number, all: number): string {
  const count = done === all ? runsInWords(all) : `${wholeNumber(done)} of ${runsInWords(all)}`;
  return `${did[action]}: ${count}.`;
}

/** `1 run`, `12 runs` */
export const runsInWords = (count: number): string => (count === 1 ? '1 run' : `${wholeNumber(count)} runs`);
