'use client';

import type { RunLiveFragment } from '@/generated/graphql.ts';
import { useViewer } from '@/lib/viewer.tsx';
import { DeleteRun } from './delete-run.tsx';
import { MoveRun } from './move-run.tsx';

/** Where the run is kept: in which experiment, and whether at all. Nothing for who may not write. */
export function RunFiling({ run, groupKey }: { run: RunLiveFragment; groupKey: string }) {
  const { canWrite } = useViewer();
  if (!canWrite) return null;
  return (
    <>
      {run.archived ? <DeleteRun id={run.id} name={`${run.label}, seed ${run.seed}`} groupKey={groupKey} /> : null}
      <MoveRun id={run.id} experiment={run.experiment} />
    </>
  );
}
