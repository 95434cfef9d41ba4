import Link from 'next/link';
import type { RunLiveFragment } from '@/generated/graphql.ts';
import { duration } from '@/lib/format/time.ts';
import { methodNames } from '@/lib/methods.ts';
import { paths } from '@/lib/paths.ts';
import { Ago } from '@/ui/ago.tsx';
import { RunStateMark } from '@/ui/run-state.tsx';
import { RunActions } from './run-actions.tsx';
import { RunFiling } from './run-filing.tsx';
import { RunNow } from './run-now.tsx';
import { RunSiblings } from './run-siblings.tsx';
import type { RunFacts } from './use-run.ts';

/** What the run is, where it stands, and what can be done with it. */
export function RunHeader({ facts, live, committed }: { facts: RunFacts; live: RunLiveFragment; committed: number }) {
  const took = live.startedAt && live.finishedAt ? (Date.parse(live.finishedAt) - Date.parse(live.startedAt)) / 1000 : null;
  return (
    <header className="pt-6 pb-6">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 className="text-[1.375rem] leading-7 font-semibold tracking-[-0.015em] [overflow-wrap:anywhere]">
            {live.label} <span className="font-normal text-muted">seed {live.seed}</span>
          </h1>
          <p className="mt-1 flex flex-wrap gap-x-2 text-[0.8125rem] text-muted">
            <span>
              {methodNames[facts.method].name} on {facts.dataset.name}
            </span>
            {live.experiment ? (
              <span>
                in{' '}
                <Link href={paths.experiment(live.experiment.slug)} className="link">
                  {live.experiment.title}
                </Link>
              </span>
            ) : null}
            {facts.teachers.map(({ position, network, run }, index) => (
              <span key={position}>
                {index === 0 ? 'taught by ' : 'and '}
                {run ? (
                  <Link href={paths.run(run.id)} className="link">
                    {run.label}, seed {run.seed}
                    {network > 0 ? `, network ${network}` : ''}
                  </Link>
                ) : (
                  'a run that was deleted'
                )}
              </span>
            ))}
            <span>
              scheduled <Ago at={facts.createdAt} />
              {facts.createdBy ? ` by ${facts.createdBy}` : ''}
            </span>
            {took === null ? null : <span>took {duration(took)}</span>}
            {live.archived ? <span className="text-warn">archived</span> : null}
          </p>
        </div>
        <div>
          <RunActions run={live}>
            <RunFiling run={live} groupKey={facts.groupKey} />
          </RunActions>
        </div>
      </div>
      <div className="mt-4 grid items-center gap-x-8 gap-y-3 border-y border-line py-3 md:grid-cols-[9rem_minmax(0,1fr)_auto]">
        <RunStateMark state={live.state} className="text-[0.9375rem] font-medium" />
        <RunNow run={live} committed={committed} />
        <RunSiblings seed={live.seed} state={live.state} siblings={facts.siblings} groupKey={facts.groupKey} />
      </div>
    </header>
  );
}
