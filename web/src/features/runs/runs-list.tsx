'use client';

import { useQueryStates } from 'nuqs';
import { useDeferredValue, useMemo } from 'react';
import { useHeldOrder } from '@/lib/live/use-held-order.ts';
import { firstPage } from '@/lib/paging.ts';
import { EmptyList } from '@/ui/empty-list.tsx';
import { Pager } from '@/ui/pager.tsx';
import { RunRow } from './run-row.tsx';
import { RunsFilters } from './runs-filters.tsx';
import { type RunsState, runsParsers, runsVariables, scopeOf } from './search-state.ts';
import { useRuns } from './use-runs.ts';

/** A page of runs, live, under the filters that the address holds. */
export function RunsList() {
  const [state, setState] = useQueryStates(runsParsers);
  const asked = JSON.stringify(state);
  // While other runs load, those in sight stay.
  const settled = useDeferredValue(asked);
  const { variables, scope } = useMemo(() => {
    const shown = JSON.parse(settled) as RunsState;
    return { variables: runsVariables(shown), scope: scopeOf(shown) };
  }, [settled]);
  const { runs, totalCount, pageInfo } = useRuns(variables, scope);
  const held = useHeldOrder(runs, (run) => run.id, settled);
  const { sort: _sort, dir: _direction, after: _after, before: _before, ...filters } = state;
  const filtered = Object.values(filters).some((value) => (Array.isArray(value) ? value.length > 0 : Boolean(value)));

  return (
    <>
      <RunsFilters state={state} setState={(next) => setState({ ...next, ...firstPage })} pending={asked !== settled} />
      <p role="status" className="mt-3 mb-2 h-4 text-xs text-muted">
        {held.moved
          ? 'The list has changed; its new order is taken when the pointer leaves it.'
          : `${totalCount} ${totalCount === 1 ? 'run' : 'runs'}`}
      </p>
      {runs.length > 0 ? (
        <table className="block w-full border-t border-line-strong lg:table lg:table-fixed" {...held.handlers}>
          <thead className="hidden lg:table-header-group">
            <tr className="border-b border-line text-left text-xs text-muted [&>th]:h-8 [&>th]:font-normal">
              <th scope="col" className="w-[7.5rem]">
                State
              </th>
              <th scope="col">Run</th>
              <th scope="col" className="w-14 pr-4 text-right">
                Seed
              </th>
              <th scope="col" className="w-[28%]">
                Progress, result or what it waits for
              </th>
              <th scope="col" className="w-[18%] pl-4">
                Experiment
              </th>
              <th scope="col" className="w-40 pl-4">
                Scheduled
              </th>
            </tr>
          </thead>
          <tbody className="block lg:table-row-group">
            {held.rows.map((run) => (
              <RunRow key={run.id} run={run} />
            ))}
          </tbody>
        </table>
      ) : (
        <EmptyList filtered={filtered} onClear={() => setState(null)} noun="run">
          Scheduled runs wait here until a trainer takes them, and are followed live.
        </EmptyList>
      )}
      <Pager
        noun="runs"
        shown={runs.length}
        totalCount={totalCount}
        pageInfo={pageInfo}
        onMove={(to) => setState(to, { history: 'push', scroll: true })}
      />
    </>
  );
}
