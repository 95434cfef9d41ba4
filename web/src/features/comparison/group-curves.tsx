'use client';

import { useQuery, useSubscription } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import { GroupCurvesDocument, GroupProgressDocument } from '@/generated/graphql.ts';
import { axisPercent, percent } from '@/lib/format/number.ts';
import { SeedCurves } from '@/ui/chart/seed-curves.tsx';
import { SectionTitle } from '@/ui/page-header.tsx';
import { Segmented } from '@/ui/segmented.tsx';
import { groupBands, type Member, membersIn } from './bands.ts';

/** Most runs whose rows are fetched at once. */
const mostRuns = 60;

/** Validation accuracy of an experiment's groups over each other: means in bands of ± sd over seeds. */
export function GroupCurves({ experimentId }: { experimentId: string }) {
  const { data, error, refetch } = useQuery(GroupCurvesDocument, { variables: { experimentId, first: mostRuns }, fetchPolicy: 'no-cache' });
  const [member, setMember] = useState<Member>(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const seen = useRef(new Map<string, string>());
  useSubscription(GroupProgressDocument, {
    variables: { experimentId },
    ignoreResults: true,
    fetchPolicy: 'no-cache',
    onData: ({ data: message }) => {
      const run = message.data?.runsChanged;
      if (!run) return;
      // With its state changes which of a seed's runs counts.
      const now = `${run.state} ${run.epochsDone}`;
      if (seen.current.get(run.id) === now) return;
      seen.current.set(run.id, now);
      // Several runs commit epochs within moments of each other: their rows are fetched together.
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void refetch().catch(() => {}), 1500);
    },
  });

  const runs = data?.runs.edges.map((edge) => edge.node) ?? [];
  const members = membersIn(runs);
  const shown = members.includes(member) ? member : (members[0] ?? 0);
  const series = groupBands(runs, shown).filter((each) => each.points.length > 0);
  return (
    <section aria-labelledby="group-curves" className="mt-10">
      <SectionTitle
        id="group-curves"
        aside={
          members.length > 1 ? (
            <Segmented
              label="Which network"
              value={String(shown)}
              options={members.map((each) => ({ value: String(each), label: each === 'ensemble' ? 'Ensemble' : `Network ${each}` }))}
              onChange={(next) => setMember(next === 'ensemble' ? 'ensemble' : Number(next))}
            />
          ) : null
        }
      >
        Validation accuracy over epochs, mean ± sd
      </SectionTitle>
      <SeedCurves
        group={`experiment-${experimentId}`}
        label={`Validation accuracy of ${series.length} groups over epochs.`}
        series={series}
        epochs={Math.max(0, ...runs.map((run) => run.epochs))}
        loaded={data !== undefined}
        error={error}
        format={(value) => `${percent(value)} %`}
        formatAxis={axisPercent}
      />
      {data && data.runs.totalCount > runs.length ? (
        <p className="mt-2 text-xs text-muted">
          Drawn from the first {runs.length} of {data.runs.totalCount} runs.
        </p>
      ) : null}
    </section>
  );
}
