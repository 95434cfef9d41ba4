'use client';

import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { unmask } from '@/generated/fragment-masking.ts';
import { BulkOutcomeFragmentDoc, ChangeRunsDocument, MoveRunsDocument, type RunAction, TagRunsDocument } from '@/generated/graphql.ts';
import { errorMessage } from '@/lib/api/error-code.ts';
import { placeOf } from '@/lib/experiments/chosen-experiment.ts';
import type { BulkAction } from './bulk-words.ts';
import { inBatches, type Outcome } from './in-batches.ts';

export type BulkResult = { action: BulkAction; outcomes: Outcome[] };

type Act = (ids: string[]) => Promise<readonly Outcome[]>;

/** Does something to many runs, says how far it is, and holds what became of them. */
export function useBulk(onDone: () => void) {
  const client = useApolloClient();
  const [progress, setProgress] = useState<{ done: number; all: number } | null>(null);
  const [result, setResult] = useState<BulkResult | null>(null);
  const run = async (action: BulkAction, ids: readonly string[], act: Act) => {
    setResult(null);
    setProgress({ done: 0, all: ids.length });
    const options = { onProgress: (done: number) => setProgress({ done, all: ids.length }), describe: errorMessage };
    const outcomes = await inBatches(ids, act, options);
    setProgress(null);
    setResult({ action, outcomes });
    onDone();
  };
  return {
    progress,
    result,
    dismiss: () => setResult(null),
    change: (action: RunAction, ids: readonly string[]) =>
      run(action, ids, async (batch) => {
        const { data } = await client.mutate({ mutation: ChangeRunsDocument, variables: { ids: batch, action } });
        return unmask(BulkOutcomeFragmentDoc, data?.changeRuns)?.outcomes ?? [];
      }),
    tag: (ids: readonly string[], add: string[], remove: string[]) =>
      run('TAG', ids, async (batch) => {
        const { data } = await client.mutate({ mutation: TagRunsDocument, variables: { ids: batch, add, remove } });
        return unmask(BulkOutcomeFragmentDoc, data?.tagRuns)?.outcomes ?? [];
      }),
    move: (ids: readonly string[], chosen: string) => {
      let place = placeOf(chosen);
      return run('MOVE', ids, async (batch) => {
        const { data } = await client.mutate({ mutation: MoveRunsDocument, variables: { ids: batch, ...place } });
        // A new experiment is made with the first of them; the others join it.
        const made = data?.moveRuns.runs[0]?.experiment?.id;
        if (place.newExperiment !== null && made) place = { experimentId: made, newExperiment: null };
        return data?.moveRuns.outcomes ?? [];
      });
    },
  };
}
