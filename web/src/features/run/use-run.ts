'use client';

import { unmask } from '@/generated/fragment-masking.ts';
import { RunChangedDocument, RunDocument, RunLiveFragmentDoc, type RunQuery, SiblingsChangedDocument } from '@/generated/graphql.ts';
import { useLive } from '@/lib/live/use-live.ts';
import { useLiveQuery } from '@/lib/live/use-live-query.ts';

export type RunFacts = NonNullable<RunQuery['run']>;

/** A run with the other seeds of its group, kept current; null when there is none of that id. */
export function useRun(id: string) {
  // What arrives are the same entities: the cache passes them on to the query.
  const { data, read } = useLiveQuery(RunDocument, { id }, RunChangedDocument, ({ run }) => ({ variables: { id }, skip: !run }));
  const run = data.run;
  const siblings = new Set(run?.siblings.map((sibling) => sibling.id));
  useLive(SiblingsChangedDocument, {
    variables: { groupKey: run?.groupKey ?? '' },
    skip: run === null,
    // One that came up, went into the archive or came out of it.
    onData: ({ runsChanged: sibling }, again) => {
      if (sibling.id !== id && siblings.has(sibling.id) === sibling.archived) again();
    },
    read,
  });
  return run ? { facts: run, live: unmask(RunLiveFragmentDoc, run) } : null;
}
