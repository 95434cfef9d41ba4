import type { RunLiveFragment } from '@/generated/graphql.ts';
import { wholeNumber } from '@/lib/format/number.ts';
import { duration } from '@/lib/format/time.ts';
import { Ago } from '@/ui/ago.tsx';
import { SectionTitle } from '@/ui/page-header.tsx';

/** Each lease of the run by a trainer: who, from which epoch on, and how it ended. */
export function RunAttempts({ attempts, mixed }: { attempts: RunLiveFragment['attempts']; mixed: boolean }) {
  if (attempts.length === 0) return null;
  return (
    <section aria-labelledby="attempts">
      <SectionTitle id="attempts">Attempts</SectionTitle>
      {mixed ? (
        <p className="pt-2 text-xs text-warn">
          Resumed on another engine or machine: its figures need not be bit-identical to an uninterrupted run’s.
        </p>
      ) : null}
      <ol>
        {attempts.map((attempt) => (
          <li key={attempt.attempt} className="border-b border-line py-2 text-[0.8125rem]">
            <p className="flex justify-between gap-3">
              <span>
                {attempt.attempt}. {attempt.trainer?.name ?? attempt.trainerName}
              </span>
              <span className={attempt.outcome === 'failed' || attempt.outcome === 'lapsed' ? 'text-danger' : 'text-muted'}>
                {attempt.outcome ?? 'running'}
              </span>
            </p>
            <p className="text-xs text-muted">
              <Ago at={attempt.startedAt} />
              {attempt.endedAt ? `, ${duration((Date.parse(attempt.endedAt) - Date.parse(attempt.startedAt)) / 1000)}` : ''}
              {attempt.resumedFromEpoch > 0 ? `, from epoch ${wholeNumber(attempt.resumedFromEpoch)}` : ''}
            </p>
            {attempt.error ? <p className="mt-1 text-xs text-danger [overflow-wrap:anywhere]">{attempt.error}</p> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
