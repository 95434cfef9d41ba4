'use client';

import Link from 'next/link';
import { useQueryStates } from 'nuqs';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { wholeNumber } from '@/lib/format/number.ts';
import { useHeldOrder } from '@/lib/live/use-held-order.ts';
import { firstPage } from '@/lib/paging.ts';
import { paths } from '@/lib/paths.ts';
import { useViewer } from '@/lib/viewer.tsx';
import { EmptyList } from '@/ui/empty-list.tsx';
import { Pager } from '@/ui/pager.tsx';
import { AfterArchiving } from './bulk/after-archiving.tsx';
import { BulkBar } from './bulk/bulk-bar.tsx';
import { BulkResult } from './bulk/bulk-result.tsx';
import { DeleteArchived } from './bulk/delete-archived.tsx';
import { SelectBox } from './bulk/select-box.tsx';
import { useBulk } from './bulk/use-bulk.ts';
import { useSelection } from './bulk/use-selection.ts';
import { RunRow } from './run-row.tsx';
import { RunsFilters } from './runs-filters.tsx';
import { type RunsState, runsFilter, runsParsers, runsVariables, scopeOf } from './search-state.ts';
import { useRunIds } from './use-run-ids.ts';
import { useRuns } from './use-runs.ts';

/** A page of runs, live, under the filters that the address holds. */
export function RunsList() {
  const [state, setState] = useQueryStates(runsParsers);
  const asked = JSON.stringify(state);
  // While other runs load, those in sight stay.
  const settled = useDeferredValue(asked);
  const { variables, scope, under } = useMemo(() => {
    const shown = JSON.parse(settled) as RunsState;
    return { variables: runsVariables(shown), scope: scopeOf(shown), under: JSON.stringify(runsFilter(shown)) };
  }, [settled]);
  const { runs, totalCount, pageInfo, read } = useRuns(variables, scope);
  const held = useHeldOrder(runs, (run) => run.id, settled);
  const { canWrite } = useViewer();
  const shown = held.rows.map(({ id }) => id);
  const selection = useSelection(shown, under);
  const bulk = useBulk(() => void read().catch(() => {}));
  const table = useRef<HTMLTableElement>(null);
  const findIds = useRunIds();
  const [selectingAll, setSelectingAll] = useState(false);
  const selectAll = async () => {
    setSelectingAll(true);
    const ids = await findIds(variables.filter).catch(() => null);
    setSelectingAll(false);
    if (ids) selection.set(ids);
  };
  const archived = state.archived === 'yes';
  const someSelected = shown.some((id) => selection.selected.has(id));
  const allSelected = shown.length > 0 && shown.every((id) => selection.selected.has(id));
  const { sort: _sort, dir: _direction, after: _after, before: _before, ...filters } = state;
  const filtered = Object.values(filters).some((value) => (Array.isArray(value) ? value.length > 0 : Boolean(value)));

  return (
    <>
      <RunsFilters state={state} setState={(next) => setState({ ...next, ...firstPage })} pending={asked !== settled} />
      <div className="mt-3 mb-2 flex min-h-4 items-center justify-between gap-3">
        <p role="status" className="text-xs text-muted">
          {held.moved
            ? 'The list has changed; its new order is taken when the pointer leaves it.'
            : `${wholeNumber(totalCount)} ${totalCount === 1 ? 'run' : 'runs'}`}
          {state.group && runs.length > 0 ? (
            <>
              {' of '}
              <Link href={paths.group(state.group)} className="target link">
                {runs[0]?.label}
              </Link>
            </>
          ) : null}
        </p>
        {canWrite && archived && totalCount > 0 ? (
          <DeleteArchived
            count={totalCount}
            findIds={() => findIds(variables.filter)}
            onDelete={(ids) => {
              selection.set([]);
              void bulk.change('DELETE', ids);
            }}
          />
        ) : null}
      </div>
      {bulk.result ? (
        <BulkResult result={bulk.result} onDismiss={bulk.dismiss}>
          <AfterArchiving bulk={bulk} />
        </BulkResult>
      ) : null}
      {runs.length > 0 ? (
        <table ref={table} className="block w-full border-t border-line-strong lg:table lg:table-fixed" {...held.handlers}>
          <thead className="hidden lg:table-header-group">
            <tr className="border-b border-line text-left text-xs text-muted [&>th]:h-8 [&>th]:font-normal">
              {canWrite ? (
                <th scope="col" className="w-9">
                  <SelectBox
                    label="Select all in sight"
                    checked={allSelected}
                    mixed={someSelected && !allSelected}
                    onChange={(chosen) => selection.set(chosen ? [...new Set([...selection.selected, ...shown])] : [])}
                  />
                </th>
              ) : null}
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
              <th scope="col" className="w-[16%] pl-4">
                Experiment
              </th>
              <th scope="col" className="w-24 pl-4">
                Ended
              </th>
              <th scope="col" className="w-32 pl-4">
                Scheduled
              </th>
            </tr>
          </thead>
          <tbody className="block lg:table-row-group">
            {held.rows.map((run) => (
              <RunRow
                key={run.id}
                run={run}
                select={
                  canWrite ? (
                    <SelectBox
                      label={`Select ${run.label}, seed ${run.seed}`}
                      checked={selection.selected.has(run.id)}
                      onChange={(chosen, range) => selection.touch(run.id, chosen, range)}
                    />
                  ) : null
                }
              />
            ))}
          </tbody>
        </table>
      ) : (
        <EmptyList filtered={filtered} onClear={() => setState(null)} noun="run">
          Scheduled runs wait here until a trainer takes them, and are followed live.
        </EmptyList>
      )}
      <BulkBar
        selection={selection}
        bulk={bulk}
        totalCount={totalCount}
        onSelectAll={() => void selectAll()}
        selectingAll={selectingAll}
        onSelectNone={() => {
          selection.set([]);
          // The bar goes, and the focus with it: one goes on in the list.
          table.current?.querySelector<HTMLElement>('tbody input')?.focus();
        }}
        archived={archived}
      />
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
