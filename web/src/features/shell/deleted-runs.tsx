'use client';

import { useSyncExternalStore } from 'react';
import { RunsDeletedDocument } from '@/generated/graphql.ts';
import { isAwaited, onAwaited, tellDeleted } from '@/lib/live/deleted-runs.ts';
import { useLive } from '@/lib/live/use-live.ts';

/** Hears of deleted runs, once for all that the page shows: what they were part of is read anew. */
export function DeletedRuns() {
  const awaited = useSyncExternalStore(onAwaited, isAwaited, () => false);
  useLive(RunsDeletedDocument, { variables: {}, skip: !awaited, cached: false, deletions: false, onData: tellDeleted, read: nothing });
  return null;
}

/** Whatever cut this off cut off the page's other subscriptions, too: they read what was missed. */
const nothing = async () => {};
