'use client';

import { useQuery } from '@apollo/client/react';
import { canonical } from '@studyhall/contract/spec/canonical.ts';
import { useEffect, useState } from 'react';
import { AskedOverSeedsDocument } from '@/generated/graphql.ts';
import { errorMessage } from '@/lib/api/error-code.ts';
import { Notice } from '@/ui/notice.tsx';
import { AskedQuestion } from './asked-question.tsx';
import type { SeedGroup } from './seed-series.ts';

type Props = {
  groups: readonly SeedGroup[];
  /** Whether some of their runs are still to end: what they were scheduled with is asked then. */
  training: boolean;
  /** Shows these questions alone, in this order. */
  only?: readonly unknown[];
  /** Name of files that are saved. */
  file: string;
  /** Raised whenever something was asked. */
  asked?: number;
  empty: string;
};

/** While something waits, it is asked for again so often. */
const askEveryMs = 4000;

/** What was asked of the networks of groups, and what the answers say over seeds: the first question is open. */
export function AskedOfGroups({ groups, training, only, file, asked: count = 0, empty }: Props) {
  const [waits, setWaits] = useState(false);
  const { data, error, refetch } = useQuery(AskedOverSeedsDocument, {
    variables: { groups: groups.map(({ groupKey }) => groupKey) },
    pollInterval: training || waits ? askEveryMs : 0,
    fetchPolicy: 'cache-and-network',
    skip: groups.length === 0,
  });
  useEffect(() => {
    if (count > 0) void refetch().catch(() => {});
  }, [count, refetch]);
  const among = only?.map(canonical);
  const known = (data?.askedOverSeeds ?? []).map((one) => ({ one, place: among?.indexOf(canonical(one.question)) ?? 0 }));
  const all = known
    .filter(({ place }) => place >= 0)
    .toSorted((one, other) => one.place - other.place)
    .map(({ one }) => one);
  const unanswered = all.some(({ counts }) => counts.queued + counts.running > 0);
  if (unanswered !== waits) setWaits(unanswered);
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  return (
    <>
      {error ? (
        <Notice tone="danger" title="The answers could not be loaded">
          {errorMessage(error)}
        </Notice>
      ) : null}
      {data && all.length === 0 ? <p className="mt-2 text-[0.8125rem] text-muted">{empty}</p> : null}
      <ul className="mt-2 border-t border-line">
        {all.map((one, place) => (
          <AskedQuestion
            key={one.id}
            asked={one}
            groups={groups}
            file={file}
            open={toggled.get(one.id) ?? place === 0}
            onToggle={(open) => setToggled(new Map(toggled).set(one.id, open))}
          />
        ))}
      </ul>
    </>
  );
}
