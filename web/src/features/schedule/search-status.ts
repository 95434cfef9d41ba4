import type { Teachers } from './use-teachers.ts';

/** What a search for earlier runs or groups says instead of, or below, what it found. */
export function searchStatus(found: number, search: string, { more, searching, failed }: Pick<Teachers, 'more' | 'searching' | 'failed'>) {
  if (searching) return 'Searching…';
  if (failed) return 'The search was not answered; type on to try again';
  if (found === 0) return search ? `Nothing on this dataset matches “${search}”` : 'None there yet';
  return more ? 'The best ones; type to find another' : null;
}
