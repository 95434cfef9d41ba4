'use client';

import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { unmask } from '@/generated/fragment-masking.ts';
import { AnalysisStateFragmentDoc, AskedAnalysesChangedDocument, AskedAnalysesDocument } from '@/generated/graphql.ts';
import { useLive } from '@/lib/live/use-live.ts';
import { Segmented } from '@/ui/segmented.tsx';
import { AnalysisItem } from '../analysis-item.tsx';
import { kindNames } from '../kinds.ts';
import { saidOptions } from '../said-options.ts';
import { SeedAnswer } from './seed-answer.tsx';
import type { Asked, SeedGroup } from './seed-series.ts';

type Props = { asked: Asked; groups: readonly SeedGroup[]; file: string; open: boolean; onToggle: (open: boolean) => void };

/** A question that was asked of groups: how far it is answered, what that says over seeds, and each answer by itself. */
export function AskedQuestion({ asked, groups, file, open, onToggle }: Props) {
  const { counts } = asked;
  const options = saidOptions(asked.question);
  const stands = [
    `${counts.succeeded} of ${counts.total} answered`,
    ...(counts.running > 0 ? [`${counts.running} under way`] : []),
    ...(counts.queued > 0 ? [`${counts.queued} wait`] : []),
    ...(counts.failed > 0 ? [`${counts.failed} failed`] : []),
    ...(counts.cancelled > 0 ? [`${counts.cancelled} cancelled`] : []),
  ];
  return (
    <li className="border-b border-line py-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-[0.8125rem]">
        <button
          type="button"
          className="min-h-8 text-left font-medium hover:underline"
          aria-expanded={open}
          onClick={() => onToggle(!open)}
        >
          {kindNames[asked.kind].name}
        </button>
        <span className="min-w-0 flex-1 text-xs text-muted [overflow-wrap:anywhere]">
          {stands.join(', ')}
          {options ? `; ${options}` : ''}
        </span>
      </div>
      {open ? (
        <div className="space-y-5 pt-2">
          <SeedAnswer asked={asked} groups={groups} file={`${file}-${asked.kind.toLowerCase()}`} />
          <Each asked={asked} groups={groups} />
        </div>
      ) : null}
    </li>
  );
}

/** Each analysis by itself, one seed in sight. Of a plane there is nothing else: it has no mean. */
function Each({ asked, groups }: { asked: Asked; groups: readonly SeedGroup[] }) {
  const planes = asked.kind === 'EMBEDDING';
  const [shown, setShown] = useState(planes);
  const options = { variables: { groups: groups.map(({ groupKey }) => groupKey) }, skip: !shown };
  const { data } = useQuery(AskedAnalysesDocument, { ...options, fetchPolicy: 'cache-and-network' });
  // Each message has all of them.
  useLive(AskedAnalysesChangedDocument, options);
  const analyses = data?.askedOverSeeds.find(({ id }) => id === asked.id)?.analyses ?? [];
  const all = analyses.map((one) => ({
    ...unmask(AnalysisStateFragmentDoc, one),
    seeds: one.networks.flatMap(({ run }) => run?.seed ?? []),
  }));
  const seeds = [...new Set(all.flatMap((one) => one.seeds))].toSorted((one, other) => one - other);
  const [chosen, setChosen] = useState<string | null>(null);
  const seed = seeds.find((one) => `${one}` === chosen) ?? seeds[0];
  const of = all.filter((one) => one.seeds.includes(seed ?? -1)).toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  return (
    <div>
      <div className="flex flex-wrap items-center gap-3 text-xs">
        <button type="button" className="min-h-8 hover:underline" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {shown ? 'Hide' : 'Show'} the answers by themselves
        </button>
        {shown && seeds.length > 1 ? (
          <Segmented
            label="Seed"
            value={`${seed}`}
            options={seeds.map((one) => ({ value: `${one}`, label: `Seed ${one}` }))}
            onChange={setChosen}
          />
        ) : null}
      </div>
      {shown ? (
        <ul className="border-t border-line pl-3">
          {of.map((analysis, place) => (
            <AnalysisItem
              key={analysis.id}
              analysis={analysis}
              open={toggled.get(analysis.id) ?? (planes && place === 0)}
              onToggle={(next) => setToggled(new Map(toggled).set(analysis.id, next))}
            />
          ))}
        </ul>
      ) : null}
    </div>
  );
}

const nameOf = ({ networks }: { networks: readonly { label: string }[] }): string => networks.map(({ label }) => label).join();
