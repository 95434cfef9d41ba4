'use client';

import Link from 'next/link';
import { unmask } from '@/generated/fragment-masking.ts';
import { RunProgressFieldsFragmentDoc } from '@/generated/graphql.ts';
import { wholeNumber } from '@/lib/format/number.ts';
import { duration } from '@/lib/format/time.ts';
import { paths } from '@/lib/paths.ts';
import { partDone, secondsLeft } from '@/lib/runs/progress.ts';
import { ProgressBar } from '@/ui/progress-bar.tsx';
import { StateGlyph, stateNames } from '@/ui/run-state.tsx';
import { useNow } from '@/ui/use-now.tsx';
import { latestRuns } from './latest-runs.ts';
import type { Group } from './use-system.ts';

type Props = { groups: readonly Group[]; runCount: number };

/** How far a preset's runs are while some of them wait or run; those that failed, with why. */
export function PresetProgress({ groups, runCount }: Props) {
  const now = useNow();
  const runs = groups.flatMap((group) => latestRuns(group).map((run) => ({ ...run, title: group.title })));
  const alive = runs.filter(({ state }) => state === 'BLOCKED' || state === 'QUEUED' || state === 'RUNNING');
  const failed = runs.filter(({ state }) => state === 'FAILED');
  if (alive.length === 0 && failed.length === 0) return null;
  const done = runs.reduce((sum, run) => sum + partDone(unmask(RunProgressFieldsFragmentDoc, run)), 0) / Math.max(1, runCount);
  const ended = runs.filter(({ state }) => state === 'SUCCEEDED').length;
  return (
    <div className="space-y-2">
      {alive.length > 0 ? (
        <div role="status" className="max-w-[44rem]">
          <ProgressBar value={done} label={`${wholeNumber(ended)} of ${wholeNumber(runCount)} runs done`} />
          <p className="mt-1 flex flex-wrap justify-between gap-x-4 text-xs text-muted">
            <span>
              {wholeNumber(ended)} of {wholeNumber(runCount)} runs done
            </span>
            {alive
              .filter(({ state }) => state === 'RUNNING')
              .map((run) => {
                const left = secondsLeft(unmask(RunProgressFieldsFragmentDoc, run), now);
                return (
                  <span key={run.id}>
                    now{' '}
                    <Link href={paths.run(run.id)} className="link">
                      {run.title}, seed {run.seed}
                    </Link>
                    {left === null ? '' : `, ${duration(left)} left`}
                  </span>
                );
              })}
          </p>
        </div>
      ) : null}
      {failed.length > 0 ? (
        <ul className="space-y-1 text-xs">
          {failed.map((run) => (
            <li key={run.id} className="flex items-baseline gap-1.5">
              <StateGlyph state="FAILED" />
              <span>
                <Link href={paths.run(run.id)} className="link">
                  {run.title}, seed {run.seed}
                </Link>{' '}
                {stateNames.FAILED.toLowerCase()}
                {run.reason ? <span className="text-muted">: {run.reason}</span> : null}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
