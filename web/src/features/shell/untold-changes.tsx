'use client';

import { useSyncExternalStore } from 'react';
import { ExperimentsChangedDocument, RunsDeletedDocument } from '@/generated/graphql.ts';
import { isAwaited, onAwaited, tellUntold } from '@/lib/live/untold.ts';
import { useLive } from '@/lib/live/use-live.ts';

/** Hears of deleted runs and of changed experiments, once for all that the page shows: it is read anew. New titles are in the cache by then. */
export function UntoldChanges() {
  const awaited = useSyncExternalStore(onAwaited, isAwaited, () => false);
  const options = { variables: {}, skip: !awaited, untold: false, onData: tellUntold, read: tellAsMissed };
  useLive(RunsDeletedDocument, { ...options, cached: false });
  useLive(ExperimentsChangedDocument, options);
  return null;
}

/** What there was before this was heard again nobody was told of, and the page's other subscriptions may have been heard, and read, sooner. */
const tellAsMissed = async () => tellUntold();
