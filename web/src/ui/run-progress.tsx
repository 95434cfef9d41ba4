'use client';

import { type FragmentType, unmask } from '@/generated/fragment-masking.ts';
import { RunProgressFieldsFragmentDoc } from '@/generated/graphql.ts';
import { duration } from '@/lib/format/time.ts';
import { partDone, placeWords, secondsLeft } from '@/lib/runs/progress.ts';
import { Cut } from './cut.tsx';
import { cx } from './cx.ts';
import { ProgressBar } from './progress-bar.tsx';
import { useNow } from './use-now.tsx';

type Props = {
  run: FragmentType<typeof RunProgressFieldsFragmentDoc>;
  /** Epochs whose rows are shown beside it. */
  committed?: number;
  className?: string;
};

/** A bar, the epoch and the time left, counting down. */
export function RunProgress({ run: masked, committed, className }: Props) {
  const run = unmask(RunProgressFieldsFragmentDoc, masked);
  const left = secondsLeft(run, useNow());
  const epoch = placeWords(run, committed);
  return (
    <div className={cx('min-w-0', className)}>
      <ProgressBar value={partDone(run, committed)} label={epoch} quiet={run.state !== 'RUNNING'} />
      <p className="mt-1 flex justify-between gap-2 text-xs text-muted">
        <Cut text={epoch} />
        {left === null ? null : <span className="whitespace-nowrap">{duration(left)} left</span>}
      </p>
    </div>
  );
}
