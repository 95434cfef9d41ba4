'use client';

import type { AnalysisStateFragment } from '@/generated/graphql.ts';
import { wholeNumber } from '@/lib/format/number.ts';
import { duration } from '@/lib/format/time.ts';
import { ProgressBar } from '@/ui/progress-bar.tsx';
import { useNow } from '@/ui/use-now.tsx';

/** How far an analysis that is being made has come, and how long it takes yet. */
export function AnalysisProgress({ analysis: { progress } }: { analysis: AnalysisStateFragment }) {
  const now = useNow();
  if (!progress) return <p className="text-xs text-muted">the trainer is getting ready</p>;
  const { step, steps, etaSeconds, at } = progress;
  const left = etaSeconds === null ? null : Math.max(0, etaSeconds - Math.max(0, (now - Date.parse(at)) / 1000));
  const images = `${wholeNumber(step)} of ${wholeNumber(steps)} images`;
  return (
    <div className="max-w-md pt-1">
      <ProgressBar value={steps > 0 ? step / steps : 0} label={images} />
      <p className="mt-1 flex justify-between text-xs text-muted">
        <span>{images}</span>
        {left === null ? null : <span>{duration(left)} left</span>}
      </p>
    </div>
  );
}
