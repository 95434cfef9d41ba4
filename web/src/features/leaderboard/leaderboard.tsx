'use client';

import { useApolloClient } from '@apollo/client/react';
import { useQueryStates } from 'nuqs';
import { useDeferredValue, useMemo, useState } from 'react';
import { LeaderboardChoicesDocument, type LeaderboardChoicesQuery, LeaderboardDocument } from '@/generated/graphql.ts';
import { columnName, splitWords } from '@/lib/format/measure.ts';
import { wholeNumber } from '@/lib/format/number.ts';
import { useDatasetChoices } from '@/lib/live/use-dataset-choices.ts';
import { useHeldOrder } from '@/lib/live/use-held-order.ts';
import { firstPage } from '@/lib/paging.ts';
import { EmptyList } from '@/ui/empty-list.tsx';
import { Pager } from '@/ui/pager.tsx';
import type { Column } from './column.ts';
import { LeaderboardFilters } from './leaderboard-filters.tsx';
import { LeaderboardSection } from './leaderboard-section.tsx';
import { effectiveSort, type LeaderboardState, leaderboardParsers, leaderboardVariables, writtenVariables } from './search-state.ts';
import { intoSections } from './sections.ts';
import { SortSelect } from './sort-select.tsx';
import { useLeaderboard } from './use-leaderboard.ts';

/** All groups of seeds, live, under the filters that the address holds. */
export function Leaderboard() {
  const [state, setState] = useQueryStates(leaderboardParsers);
  const asked = JSON.stringify(leaderboardVariables(state));
  const { cache } = useApolloClient();
  // At first what the server wrote, unless all of it was read before; while other rows load, those in sight stay.
  const [begun] = useState(() => {
    const known = cache.readQuery({ query: LeaderboardDocument, variables: leaderboardVariables(state) });
    return known ? asked : JSON.stringify(writtenVariables(state));
  });
  const settled = useDeferredValue(asked, begun);
  const variables = useMemo(() => JSON.parse(settled) as ReturnType<typeof leaderboardVariables>, [settled]);
  const { rows, totalCount, pageInfo } = useLeaderboard(variables);
  const change = (next: Partial<LeaderboardState>) => setState({ ...next, ...firstPage });
  const choices = useDatasetChoices(LeaderboardChoicesDocument);
  const measures = choices?.measures ?? [];
  const held = useHeldOrder(rows, (row) => row.id, settled);
  const filtered = state.q !== '' || state.dataset !== '' || state.method !== null || state.model !== '' || state.seeds > 0;

  return (
    <>
      <LeaderboardFilters state={state} setState={change} pending={asked !== settled} choices={choices} rows={rows} />
      <div className="mt-3 flex min-h-4 flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p role="status" className="text-xs text-muted">
          {held.moved ? 'The order has changed; it is taken when the pointer leaves the table.' : groupCount(rows)}
        </p>
        <SortSelect
          sort={effectiveSort(state)}
          direction={state.dir}
          split={state.split}
          column={state.column && columnHead(state.column, measures).name}
          onSort={(sort, dir) => change({ sort, dir })}
        />
      </div>
      <div {...held.handlers}>
        {intoSections(held.rows).map((section) => (
          <LeaderboardSection
            key={section.id}
            section={section}
            split={state.split}
            sort={effectiveSort(state)}
            direction={state.dir}
            onSort={(sort, dir) => change({ sort, dir })}
            column={state.column && columnHead(state.column, measures)}
          />
        ))}
      </div>
      {rows.length === 0 ? (
        <EmptyList filtered={filtered} onClear={() => setState(null)} noun="group">
          Groups of seeds appear here as soon as their runs are scheduled, and fill while they train.
        </EmptyList>
      ) : null}
      <Pager
        noun="rows"
        shown={rows.length}
        totalCount={totalCount}
        pageInfo={pageInfo}
        onMove={(to) => setState(to, { history: 'push', scroll: true })}
      />
    </>
  );
}

/** How the registry calls a further column; by its name until that is known. */
function columnHead({ measure: name, split }: Column, measures: LeaderboardChoicesQuery['measures']) {
  const measure = measures.find((one) => one.name === name);
  return { name: `${measure ? columnName(measure) : name}, ${splitWords(split)}`, title: measure?.sentence ?? '' };
}

function groupCount(rows: readonly { groupKey: string }[]): string {
  const count = new Set(rows.map((row) => row.groupKey)).size;
  return count === 1 ? '1 group' : `${wholeNumber(count)} groups`;
}
