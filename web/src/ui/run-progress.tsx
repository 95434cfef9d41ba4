'use client';

import { type FragmentType, unmask } from '@/generated/fragment-masking.ts';
import { RunProgressFieldsFragmentDoc } from '@/generated/graphql.ts';
import { duration } from '@/lib/format/time.ts';
import { partDone, secondsLeft } from '@/lib/runs/progress.ts';
import { Cut } from './cut.tsx';
import { cx } from './cx.ts';
import { ProgressBar } from './progress-bar.tsx';
import { useNow } from './use-now.tsx';

/** A bar, the epoch and the time left, counting down. */
export function RunProgress({ run: masked, className }: { run: FragmentType<typeof RunProgressFieldsFragmentDoc>; className?: string }) {
  const run = unmask(RunProgressFieldsFragmentDoc, masked);
  const left = secondsLeft(run, useNow());
  const { progress } = run;
  const running = run.state === 'RUNNING';
  const epoch =
    running && progress
      ? `${progress.phase === 'teacher' ? 'teacher, ' : ''}epoch ${progress.epoch} of ${progress.epochs}`
      : `${run.epochsDone} of ${run.epochs} epochs`;
  return (
    <div className={cx('min-w-0', className)}>
      <ProgressBar value={partDone(run)} label={epoch} quiet={!running} />
      <p className="mt-1 flex justify-between gap-2 text-xs text-muted">
        <Cut text={epoch} />
        {left === null ? null : <span className="whitespace-nowrap">{duration(left)} left</span>}
      </p>
    </div>
  );
}
