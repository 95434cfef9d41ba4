import Link from 'next/link';
import { wholeNumber } from '@/lib/format/number.ts';
import { paths } from '@/lib/paths.ts';
import { Ago } from '@/ui/ago.tsx';
import { SectionTitle } from '@/ui/page-header.tsx';
import { RunAccuracies } from '@/ui/run-accuracies.tsx';
import { RunProgress } from '@/ui/run-progress.tsx';
import { RunStateMark } from '@/ui/run-state.tsx';
import type { GroupFacts } from './use-group.ts';

type Run = GroupFacts['runs'][number];

/** A group's runs by seed, each with where it stands or what it came to. */
export function GroupRuns({ group }: { group: GroupFacts }) {
  return (
    <section aria-labelledby="runs">
      <SectionTitle
        id="runs"
        aside={
          <Link href={paths.runs({ group: group.groupKey })} className="target link">
            In the list of runs
          </Link>
        }
      >
        Runs
      </SectionTitle>
      <ul>
        {group.runs.map((run) => (
          <li
            key={run.id}
            className="grid grid-cols-[6rem_minmax(0,1fr)] items-center gap-x-4 gap-y-1 border-b border-line py-2 text-[0.8125rem] sm:grid-cols-[6rem_8rem_minmax(0,1fr)_6rem]"
          >
            <Link href={paths.run(run.id)} className="target link justify-self-start font-medium">
              Seed {run.seed}
            </Link>
            <span>
              <RunStateMark state={run.state} />
              {run.state === 'SUCCEEDED' && !run.counts ? (
                <span className="block text-xs text-muted" title="A later run of this seed counts: this one is a check of reproducibility.">
                  repeat
                </span>
              ) : null}
            </span>
            <span className="col-span-2 min-w-0 sm:col-span-1">
              <Outcome run={run} />
            </span>
            <span className="hidden text-right text-xs text-muted sm:block">{run.finishedAt ? <Ago at={run.finishedAt} /> : null}</span>
          </li>
        ))}
      </ul>
      {group.runs.length === 0 ? <p className="pt-2 text-muted">None that is not archived.</p> : null}
      {group.archivedCount > 0 ? (
        <p className="pt-2 text-xs text-muted">
          <Link href={paths.runs({ group: group.groupKey, archived: 'yes' })} className="link">
            {wholeNumber(group.archivedCount)} archived
          </Link>
        </p>
      ) : null}
    </section>
  );
}

function Outcome({ run }: { run: Run }) {
  if (run.state === 'RUNNING') return <RunProgress run={run} />;
  if (run.state !== 'SUCCEEDED') return <span className="line-clamp-2 text-xs text-muted">{run.reason}</span>;
  return <RunAccuracies networks={run.networks} cohort={run.cohort} />;
}
