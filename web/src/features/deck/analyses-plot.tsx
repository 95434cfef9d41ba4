'use client';

import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { unmask } from '@/generated/fragment-masking.ts';
import { AnalysisStateFragmentDoc, DeckAnalysesDocument, type DeckScale } from '@/generated/graphql.ts';
import { errorMessage } from '@/lib/api/error-code.ts';
import { AnalysisItem } from '@/ui/analysis/analysis-item.tsx';
import { Notice } from '@/ui/notice.tsx';
import { Segmented } from '@/ui/segmented.tsx';
import type { Group } from './use-system.ts';

type Props = { slug: string; scale: DeckScale; groups: readonly Group[] };

/** While something waits, it is asked for again so often. */
const askEveryMs = 4000;
const pending = new Set(['BLOCKED', 'QUEUED', 'RUNNING']);

/** What was asked of several groups at once, one seed in sight: the first question's answer is open. */
export function AnalysesPlot({ slug, scale, groups }: Props) {
  const training = groups.some(({ runs }) => runs.some(({ state }) => pending.has(state)));
  const [waits, setWaits] = useState(false);
  const { data, error } = useQuery(DeckAnalysesDocument, {
    variables: { slug, scale },
    pollInterval: training || waits ? askEveryMs : 0,
    fetchPolicy: 'cache-and-network',
  });
  const all = (data?.deckSystem?.preset.analyses ?? []).map((one) => ({
    ...unmask(AnalysisStateFragmentDoc, one),
    seeds: one.networks.flatMap(({ run }) => run?.seed ?? []),
  }));
  const unanswered = all.some(({ state }) => pending.has(state));
  if (unanswered !== waits) setWaits(unanswered);
  const seeds = [...new Set(all.flatMap((one) => one.seeds))].toSorted((a, b) => a - b);
  const [asked, setAsked] = useState<string | null>(null);
  const chosen = seeds.find((seed) => `${seed}` === asked) ?? seeds[0];
  const shown = all.filter((one) => one.seeds.includes(chosen ?? -1)).toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  return (
    <section aria-label="Plot" className="mt-8">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-semibold">What was asked of the groups together</h3>
        {seeds.length > 1 ? (
          <Segmented
            label="Seed"
            value={`${chosen}`}
            options={seeds.map((seed) => ({ value: `${seed}`, label: `Seed ${seed}` }))}
            onChange={setAsked}
          />
        ) : null}
      </div>
      {error ? (
        <Notice tone="danger" title="The answers could not be loaded">
          {errorMessage(error)}
        </Notice>
      ) : null}
      {data && all.length === 0 ? (
        <p className="mt-2 text-[0.8125rem] text-muted">
          Nothing yet: it is asked of each seed once its runs in all groups are trained. Scheduling the preset again asks it of runs that
          were there before.
        </p>
      ) : null}
      <ul className="mt-2 border-t border-line">
        {shown.map((analysis, place) => (
          <AnalysisItem
            key={analysis.id}
            analysis={analysis}
            open={toggled.get(analysis.id) ?? place === 0}
            onToggle={(open) => setToggled(new Map(toggled).set(analysis.id, open))}
          />
        ))}
      </ul>
    </section>
  );
}

/** Network by network, as the preset asks. */
const nameOf = ({ networks, question }: { networks: readonly { network: number }[]; question: unknown }): string =>
  `${networks[0]?.network} ${JSON.stringify(question)}`;
