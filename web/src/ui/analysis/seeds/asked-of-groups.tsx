'use client';

import { useQuery } from '@apollo/client/react';
import { canonical } from '@studyhall/contract/spec/canonical.ts';
import { useRef, useState } from 'react';
import { AskedOverSeedsChangedDocument, AskedOverSeedsDocument } from '@/generated/graphql.ts';
import { errorMessage } from '@/lib/api/error-code.ts';
import { useLive } from '@/lib/live/use-live.ts';
import { Notice } from '@/ui/notice.tsx';
import { AskedQuestion } from './asked-question.tsx';
import type { SeedGroup } from './seed-series.ts';

type Props = {
  groups: readonly SeedGroup[];
  /** Shows these questions alone, in this order. */
  only?: readonly unknown[];
  /** Name of files that are saved. */
  file: string;
  empty: string;
};

/** What was asked of the networks of groups, and what the answers say over seeds, kept current: the first question is open. */
export function AskedOfGroups({ groups, only, file, empty }: Props) {
  const variables = { groups: groups.map(({ groupKey }) => groupKey) };
  const skip = groups.length === 0;
  const { data, error, refetch } = useQuery(AskedOverSeedsDocument, { variables, fetchPolicy: 'cache-and-network', skip });
  // Answers are long: they are read anew only when another analysis is there, or one stands otherwise.
  const told = useRef('');
  useLive(AskedOverSeedsChangedDocument, {
    variables,
    skip,
    cached: false,
    onData: ({ askedOverSeedsChanged }, again) => {
      const stands = JSON.stringify(askedOverSeedsChanged);
      if (stands !== told.current) again();
      told.current = stands;
    },
    read: refetch,
  });
  const among = only?.map(canonical);
  const known = (data?.askedOverSeeds ?? []).map((one) => ({ one, place: among?.indexOf(canonical(one.question)) ?? 0 }));
  const all = known
    .filter(({ place }) => place >= 0)
    .toSorted((one, other) => one.place - other.place)
    .map(({ one }) => one);
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
