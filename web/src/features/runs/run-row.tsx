import Link from 'next/link';
import type { ReactNode } from 'react';
import type { ListRunFragment } from '@/generated/graphql.ts';
import { absent, wholeNumber } from '@/lib/format/number.ts';
import { paths } from '@/lib/paths.ts';
import { queueWords } from '@/lib/runs/queue-words.ts';
import { Ago } from '@/ui/ago.tsx';
import { Cut } from '@/ui/cut.tsx';
import { cx } from '@/ui/cx.ts';
import { RunAccuracies } from '@/ui/run-accuracies.tsx';
import { RunProgress } from '@/ui/run-progress.tsx';
import { RunStateMark } from '@/ui/run-state.tsx';

/** A run in the list; on a phone its cells stand under each other. */
export function RunRow({ run, select }: { run: ListRunFragment; select: ReactNode }) {
  return (
    <tr
      className={cx(
        'relative grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 border-b border-line py-2.5 hover:bg-sunken lg:table-row lg:h-14 lg:py-0 lg:[&>*]:py-1.5',
        select ? 'pl-11 lg:pl-0' : null,
      )}
    >
      {select ? <td className="absolute top-1.5 left-0 lg:static lg:w-9">{select}</td> : null}
      <td className="order-2 text-[0.8125rem] lg:order-none">
        <RunStateMark state={run.state} />
        {run.cancelRequested && run.state === 'RUNNING' ? <span className="block pl-[1.125rem] text-xs text-muted">cancelling</span> : null}
      </td>
      <th scope="row" className="order-1 min-w-0 text-left font-normal lg:order-none lg:pr-4">
        <Link
          href={paths.run(run.id)}
          title={run.label}
          className="target font-medium lg:line-clamp-4 [overflow-wrap:anywhere] hover:text-accent"
        >
          {run.label}
          <span className="lg:hidden"> · seed {run.seed}</span>
        </Link>
        <Cut className="text-xs text-muted" text={[run.dataset.name, ...run.tags].join(' · ')} />
      </th>
      <td className="hidden pr-4 text-right text-[0.8125rem] lg:table-cell">{run.seed}</td>
      <td className="order-3 col-span-2 min-w-0 lg:order-none">
        <RunOutcome run={run} />
      </td>
      <td className="hidden min-w-0 pl-4 lg:table-cell">
        {run.experiment ? (
          <Link href={paths.experiment(run.experiment.slug)} className="link block text-[0.8125rem]">
            <Cut text={run.experiment.title} />
          </Link>
        ) : (
          <span className="text-xs text-muted">none</span>
        )}
      </td>
      <td className="hidden pl-4 text-xs text-muted lg:table-cell">{run.finishedAt ? <Ago at={run.finishedAt} /> : absent}</td>
      <td className="order-4 col-span-2 text-xs text-muted lg:order-none lg:pl-4">
        {run.finishedAt ? (
          <span className="lg:hidden">
            ended <Ago at={run.finishedAt} />,{' '}
          </span>
        ) : null}
        <span className="lg:hidden">scheduled </span>
        <Ago at={run.createdAt} />
        {run.createdBy ? <span className="lg:block"> by {run.createdBy}</span> : null}
      </td>
    </tr>
  );
}

/** Progress of what runs, the result of what has succeeded, and for all else what it waits for or died of. */
function RunOutcome({ run }: { run: ListRunFragment }) {
  if (run.state === 'RUNNING') return <RunProgress run={run} />;
  if (run.state === 'SUCCEEDED')
    return (
      <div className="text-[0.8125rem]">
        <RunAccuracies networks={run.networks} cohort={run.cohort} />
      </div>
    );
  const place = queueWords(run);
  return (
    <div className="text-xs">
      {place ? <p>{place}</p> : null}
      {run.reason ? (
        <p className={run.state === 'FAILED' ? 'line-clamp-2 text-danger' : 'line-clamp-2 text-muted'} title={run.reason}>
          {run.reason}
        </p>
      ) : null}
      {!place && !run.reason ? (
        <p className="text-muted">
          {wholeNumber(run.epochsDone)} of {wholeNumber(run.epochs)} epochs
        </p>
      ) : null}
    </div>
  );
}
