'use client';

import Link from 'next/link';
import { useQueryStates } from 'nuqs';
import { useDeferredValue, useMemo } from 'react';
import { unmask } from '@/generated/fragment-masking.ts';
import { ListedExperimentFragmentDoc } from '@/generated/graphql.ts';
import { firstPage } from '@/lib/paging.ts';
import { paths } from '@/lib/paths.ts';
import { Ago } from '@/ui/ago.tsx';
import { Button } from '@/ui/button.tsx';
import { CountsLine } from '@/ui/counts-line.tsx';
import { ArchivedFilter } from '@/ui/list-filters.tsx';
import { Notice } from '@/ui/notice.tsx';
import { Pager } from '@/ui/pager.tsx';
import { SearchInput } from '@/ui/search-input.tsx';
import { experimentsParsers, experimentsVariables } from './search-state.ts';
import { useExperiments } from './use-experiments.ts';

/** Experiments, newest first. */
export function ExperimentsList() {
  const [state, setState] = useQueryStates(experimentsParsers);
  const settled = useDeferredValue(JSON.stringify(experimentsVariables(state)));
  const variables = useMemo(() => JSON.parse(settled) as ReturnType<typeof experimentsVariables>, [settled]);
  const { edges, totalCount, pageInfo } = useExperiments(variables);
  const filtered = state.q !== '' || state.archived === 'yes';
  return (
    <>
      <search className="flex flex-wrap items-center gap-2 pb-4">
        <SearchInput
          label="Search title and note"
          value={state.q}
          onChange={(q) => setState({ q, ...firstPage })}
          className="w-full sm:w-60"
        />
        <ArchivedFilter value={state.archived} onChange={(archived) => setState({ archived, ...firstPage })} />
      </search>
      {edges.length === 0 ? (
        <Notice
          title={filtered ? 'No experiment matches' : 'No experiments yet'}
          action={filtered ? <Button onClick={() => setState(null)}>Clear the filters</Button> : null}
        >
          {filtered
            ? null
            : 'An experiment is a question, such as “Does mutual learning help two equal networks?”, and the runs that answer it. Create one, then schedule runs into it.'}
        </Notice>
      ) : (
        <ul className="border-t border-line-strong">
          {edges.map(({ node }) => {
            const experiment = unmask(ListedExperimentFragmentDoc, node);
            return (
              <li
                key={experiment.id}
                className="grid gap-x-8 gap-y-1 border-b border-line py-3 hover:bg-sunken md:grid-cols-[minmax(0,1fr)_16rem_9rem]"
              >
                <div className="min-w-0">
                  <Link href={paths.experiment(experiment.slug)} className="target font-medium [overflow-wrap:anywhere] hover:text-accent">
                    {experiment.title}
                  </Link>
                  {experiment.note ? (
                    <p title={experiment.note} className="line-clamp-2 max-w-[80ch] text-[0.8125rem] text-muted [overflow-wrap:anywhere]">
                      {experiment.note}
                    </p>
                  ) : null}
                </div>
                <CountsLine counts={experiment.counts} archived={experiment.archivedRuns} />
                <p className="text-xs text-muted md:text-right">
                  <Ago at={experiment.createdAt} />
                  {experiment.createdBy ? ` by ${experiment.createdBy}` : ''}
                </p>
              </li>
            );
          })}
        </ul>
      )}
      <Pager
        noun="experiments"
        shown={edges.length}
        totalCount={totalCount}
        pageInfo={pageInfo}
        onMove={(to) => setState(to, { history: 'push', scroll: true })}
      />
    </>
  );
}
