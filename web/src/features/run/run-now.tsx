import { unmask } from '@/generated/fragment-masking.ts';
import { type RunLiveFragment, RunProgressFieldsFragmentDoc } from '@/generated/graphql.ts';
import { significant, wholeNumber } from '@/lib/format/number.ts';
import { placeOf } from '@/lib/runs/progress.ts';
import { queueWords } from '@/lib/runs/queue-words.ts';
import { RunProgress } from '@/ui/run-progress.tsx';

/** What the run does at this moment, or why it does nothing. */
export function RunNow({ run, committed }: { run: RunLiveFragment; committed: number }) {
  const known = unmask(RunProgressFieldsFragmentDoc, run);
  const at = placeOf(known, committed);
  const word = at?.word;
  // How fast it is holds longer than where it is.
  const speed = at ? known.progress?.imagesPerSecond : null;
  if (run.state === 'RUNNING') {
    return (
      <div className="min-h-10">
        <RunProgress run={run} committed={committed} />
        <p className="mt-0.5 flex flex-wrap gap-x-4 text-xs text-muted">
          {word ? (
            <>
              <span>
                step {wholeNumber(word.step)} of {wholeNumber(word.steps)}
              </span>
              <span>loss {significant(word.loss)}</span>
            </>
          ) : null}
          {speed == null ? null : <span>{wholeNumber(speed)} images/s</span>}
          {at ? null : <span>the trainer is getting ready</span>}
          {run.cancelRequested ? <span className="text-warn">cancelling</span> : null}
        </p>
      </div>
    );
  }
  const place = queueWords(run);
  return (
    <div className="flex min-h-10 flex-col justify-center text-[0.8125rem]">
      {place ? <p>{place}.</p> : null}
      {run.reason ? <p className={run.state === 'FAILED' ? 'text-danger [overflow-wrap:anywhere]' : 'text-muted'}>{run.reason}</p> : null}
      {run.state === 'SUCCEEDED' || run.state === 'CANCELLED' || run.state === 'FAILED' ? (
        <p className="text-muted">
          {wholeNumber(run.epochsDone)} of {wholeNumber(run.epochs)} epochs
          {run.attempt > 1 ? `, ${wholeNumber(run.attempt)} attempts` : ''}
        </p>
      ) : null}
    </div>
  );
}
