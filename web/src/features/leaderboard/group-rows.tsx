'use client';

import { useState } from 'react';
import { unmask } from '@/generated/fragment-masking.ts';
import { GroupBoardChangedDocument, GroupBoardDocument, LeaderboardRowFieldsFragmentDoc } from '@/generated/graphql.ts';
import { useLiveQuery } from '@/lib/live/use-live-query.ts';
import { SectionTitle } from '@/ui/page-header.tsx';
import { Segmented } from '@/ui/segmented.tsx';
import { LeaderboardSection } from './leaderboard-section.tsx';
import { intoSections, type Split } from './sections.ts';

const splits = [
  { value: 'validation', label: 'Validation' },
  { value: 'test', label: 'Test' },
] as const;

/** A group's networks and its ensemble beside those of its twin, as the leaderboard shows them. */
export function GroupRows({ groupKey }: { groupKey: string }) {
  const [split, setSplit] = useState<Split>('validation');
  const { data } = useLiveQuery(GroupBoardDocument, { key: groupKey }, GroupBoardChangedDocument, () => ({
    variables: {},
    isStale: () => true,
    pause: 500,
  }));
  const rows = [...(data.group?.rows ?? []), ...(data.group?.twin?.rows ?? [])].map((row) => unmask(LeaderboardRowFieldsFragmentDoc, row));
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby="rows">
      <SectionTitle id="rows" aside={<Segmented label="Accuracy on" value={split} options={splits} onChange={setSplit} />}>
        {data.group?.twin ? 'Beside its twin' : 'Its rows'}
      </SectionTitle>
      {intoSections(rows).map((section) => (
        <LeaderboardSection key={section.id} section={section} split={split} sort="LABEL" direction="ASC" withExperiment={false} />
      ))}
    </section>
  );
}
