'use client';

import { useDeferredValue, useState } from 'react';
import type { SortDirection } from '@/generated/graphql.ts';
import { useHeldOrder } from '@/lib/live/use-held-order.ts';
import { SectionTitle } from '@/ui/page-header.tsx';
import { Pager } from '@/ui/pager.tsx';
import { Segmented } from '@/ui/segmented.tsx';
import { LeaderboardSection } from './leaderboard-section.tsx';
import { atPage, type BoardSort, experimentVariables } from './search-state.ts';
import { intoSections, type Split } from './sections.ts';
import { SortSelect } from './sort-select.tsx';
import { useLeaderboard } from './use-leaderboard.ts';

const splits = [
  { value: 'validation', label: 'Validation' },
  { value: 'test', label: 'Test' },
] as const;

/** An experiment's groups side by side, as the leaderboard shows them; networks and ensembles, by label at first. */
export function ExperimentGroups({ experimentId }: { experimentId: string }) {
  const [split, setSplit] = useState<Split>('validation');
  const [asked, setAsked] = useState(() => experimentVariables(experimentId));
  // While another order loads, the rows in sight stay.
  const variables = useDeferredValue(asked);
  const { rows, totalCount, pageInfo } = useLeaderboard(variables);
  const held = useHeldOrder(rows, (row) => row.id, JSON.stringify(variables));
  const sortBy = (sort: BoardSort, direction: SortDirection) => {
    if (sort !== 'COLUMN') setAsked({ ...experimentVariables(experimentId), sort, direction });
  };
  return (
    <section aria-labelledby="groups">
      <SectionTitle
        id="groups"
        aside={
          <span className="flex flex-wrap items-center gap-2">
            <SortSelect sort={variables.sort} direction={variables.direction} split={split} onSort={sortBy} />
            <Segmented label="Accuracy on" value={split} options={splits} onChange={setSplit} />
          </span>
        }
      >
        Groups of seeds
      </SectionTitle>
      <div {...held.handlers}>
        {intoSections(held.rows).map((section) => (
          <LeaderboardSection
            key={section.id}
            section={section}
            split={split}
            sort={variables.sort}
            direction={variables.direction}
            withExperiment={false}
            onSort={sortBy}
          />
        ))}
      </div>
      <Pager noun="rows" shown={rows.length} totalCount={totalCount} pageInfo={pageInfo} onMove={(to) => setAsked(atPage(asked, to))} />
    </section>
  );
}
