'use client';

import { useSyncExternalStore } from 'react';
import { ExperimentsChangedDocument, RunsDeletedDocument } from '@/generated/graphql.ts';
import { isAwaited, onAwaited, tellUntold } from '@/lib/live/untold.ts';
import { useLive } from '@/lib/live/use-live.ts';

/** Hears of deleted runs and of changed experiments, once for all that the page shows: it is read anew. New titles are in the cache by then. */
export function UntoldChanges() {
  const awaited = useSyncExternalStore(onAwaited, isAwaited, () => false);
  const options = { variables: {}, skip: !awaited, untold: false, onData: tellUntold, read: nothing };
  useLive(RunsDeletedDocument, { ...options, cached: false });
  useLive(ExperimentsChangedDocument, options);
  return null;
}

/** Whatever cut this off cut off the page's other subscriptions, too: they read what was missed. */
const nothing = async () => {};
