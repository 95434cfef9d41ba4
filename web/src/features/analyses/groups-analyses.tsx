'use client';

import { useState } from 'react';
import { useViewer } from '@/lib/viewer.tsx';
import { AskedOfGroups } from '@/ui/analysis/seeds/asked-of-groups.tsx';
import type { SeedGroup } from '@/ui/analysis/seeds/seed-series.ts';
import { Button } from '@/ui/button.tsx';
import { SectionTitle } from '@/ui/page-header.tsx';
import { AskGroupsForm } from './ask-groups-form.tsx';

type Props = { groups: readonly SeedGroup[]; file: string };

/** What was asked of the networks of groups that are compared, over their seeds; and a way to ask. */
export function GroupsAnalyses({ groups, file }: Props) {
  const { canWrite } = useViewer();
  const [asking, setAsking] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  if (groups.length === 0) return null;
  return (
    <section aria-labelledby="analyses" className="mt-10">
      <SectionTitle
        id="analyses"
        aside={
          canWrite ? (
            <Button small aria-expanded={asking} onClick={() => setAsking(!asking)}>
              {asking ? 'Close' : 'Analyse'}
            </Button>
          ) : null
        }
      >
        Analyses over seeds
      </SectionTitle>
      {asking && canWrite ? (
        <AskGroupsForm
          groups={groups}
          onAsked={(outcome) => {
            setAsking(false);
            setSaid(outcome);
          }}
        />
      ) : null}
      {said ? (
        <p role="status" className="pt-2 text-xs text-muted">
          {said}
        </p>
      ) : null}
      <AskedOfGroups
        groups={groups.slice(0, mostShown)}
        file={file}
        empty="Nothing has been asked yet: generalisation, flatness, entropy, pairs of networks, equivalent temperature and embeddings can be."
      />
      {groups.length > mostShown ? (
        <p className="mt-2 text-xs text-muted">
          Of {groups.length} groups the first {mostShown} are looked at.
        </p>
      ) : null}
    </section>
  );
}

/** Groups that the API looks at together. */
const mostShown = 24;
