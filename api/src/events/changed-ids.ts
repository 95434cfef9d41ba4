import { ApiError } from '../errors.ts';
import type { Listener } from './hub.ts';
import { type Live, live, skip } from './live.ts';

/**
 * The ids of what has changed from now on, at most twice a second.
 *
 * @param choose which of them are told; absent: all.
 * @throws MISSED_CHANGES, once the connection to Postgres was lost: nobody knows which have changed meanwhile.
 */
export function changedIds(
  listener: Listener,
  choose: (ids: ReadonlySet<string>) => Promise<Iterable<string>> = async (ids) => ids,
): Live<string[]> {
  let begun = false;
  const next = async (changes: ReadonlySet<string> | 'all') => {
    if (changes !== 'all') return [...(await choose(changes))];
    if (begun) throw new ApiError('MISSED_CHANGES', 'Changes may have been missed: subscribe again, and read anew.');
    begun = true;
    return skip;
  };
  return live(listener, next, { everyMs: 500 });
}
