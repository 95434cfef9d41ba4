'use client';

import type { ReactNode } from 'react';
import { paths } from '@/lib/paths.ts';
import { LinkButton } from '@/ui/button.tsx';
import { Notice } from '@/ui/notice.tsx';
import { RunSpec } from '@/ui/run-spec.tsx';
import { hasEnded } from '@/ui/run-state.tsx';
import { lastEpoch } from './metrics.ts';
import { RunOutputs } from './outputs/run-outputs.tsx';
import { RunArtifacts } from './run-artifacts.tsx';
import { RunAttempts } from './run-attempts.tsx';
import { RunCurves } from './run-curves.tsx';
import { RunHeader } from './run-header.tsx';
import { RunLog } from './run-log.tsx';
import { RunNotes } from './run-notes.tsx';
import { RunResults } from './run-results.tsx';
import { useRun } from './use-run.ts';
import { useRunMetrics } from './use-run-metrics.ts';

/** Everything about one run, live. */
export function RunView({ id, analyses }: { id: string; analyses: ReactNode }) {
  const run = useRun(id);
  if (!run) {
    return (
      <Notice className="mt-10" title="There is no such run" action={<LinkButton href={paths.runs()}>All runs</LinkButton>}>
        It may have been deleted, or the address was cut short.
      </Notice>
    );
  }
  return <RunPage id={id} analyses={analyses} {...run} />;
}

/** All parts say where the run is by the same rows and the same word of its trainer. */
function RunPage({ id, facts, live, analyses }: { id: string; analyses: ReactNode } & NonNullable<ReturnType<typeof useRun>>) {
  const metrics = useRunMetrics(id);
  return (
    <>
      <RunHeader facts={facts} live={live} committed={lastEpoch(metrics)} />
      <div className="grid gap-x-12 gap-y-10 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-w-0 space-y-10">
          <RunCurves runId={id} metrics={metrics} epochs={live.epochs} networks={live.networks} running={live.state === 'RUNNING'} />
          <RunResults run={live} />
          <RunOutputs facts={facts} live={live} />
          {analyses}
          <RunLog id={id} running={live.state === 'RUNNING'} ended={hasEnded(live.state)} />
        </div>
        <div className="min-w-0 space-y-10">
          <RunNotes key={id} run={live} />
          <RunSpec spec={facts.spec} execution={facts.execution} fingerprint={live.fingerprint} teachers={facts.teachers} />
          <RunAttempts attempts={live.attempts} mixed={live.mixedFingerprints} />
          <RunArtifacts artifacts={live.artifacts} ended={hasEnded(live.state)} />
        </div>
      </div>
    </>
  );
}
