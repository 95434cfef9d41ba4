'use client';

import { useState } from 'react';
import { GroupCurvesDocument, GroupProgressDocument } from '@/generated/graphql.ts';
import { askAll } from '@/lib/api/ask-all.ts';
import { percent, wholeNumber } from '@/lib/format/number.ts';
import { useLiveRead } from '@/lib/live/use-live-read.ts';
import { useNews } from '@/lib/live/use-news.ts';
import { type Member, membersIn } from '@/lib/runs/members.ts';
import { Button } from '@/ui/button.tsx';
import { fileName } from '@/ui/chart/file-name.ts';
import { SeedCurves } from '@/ui/chart/seed-curves.tsx';
import { MemberChoice } from '@/ui/member-choice.tsx';
import { SectionTitle } from '@/ui/page-header.tsx';
import { hasEnded } from '@/ui/run-state.tsx';
import { groupBands } from './bands.ts';

/** Runs whose rows are fetched by one question. */
const pageSize = 60;

/** Validation accuracy of an experiment's groups over each other: means in bands of ± sd over seeds. */
export function GroupCurves({ experimentId }: { experimentId: string }) {
  const [all, setAll] = useState(false);
  const [member, setMember] = useState<Member>(0);
  const isNews = useNews();
  const { last, error } = useLiveRead(
    async (client) => {
      const ask = { experimentId, first: pageSize };
      return askAll(client, GroupCurvesDocument, ask, ({ runs }) => (all ? runs : { pageInfo: { hasNextPage: false } }));
    },
    `${experimentId} ${all}`,
    GroupProgressDocument,
    {
      variables: { experimentId },
      // With its state changes which of a seed's runs counts.
      isStale: ({ runsChanged: { id, state, archived, epochsDone } }) => isNews(id, `${state} ${archived} ${epochsDone}`),
      // Several runs commit epochs within moments of each other: their rows are fetched together.
      pause: 1500,
    },
  );

  const runs = last?.flatMap((page) => page.runs.edges.map((edge) => edge.node)) ?? [];
  const totalCount = last?.[0]?.runs.totalCount ?? 0;
  const members = membersIn(runs);
  const shown = members.includes(member) ? member : (members[0] ?? 0);
  const series = groupBands(runs, shown, runs.length >= totalCount).filter((each) => each.points.length > 0);
  return (
    <section aria-labelledby="group-curves" className="mt-10">
      <SectionTitle id="group-curves" aside={<MemberChoice members={members} shown={shown} onChange={setMember} />}>
        Validation accuracy over epochs, mean ± sd
      </SectionTitle>
      <SeedCurves
        group={`experiment-${experimentId}`}
        label={`Validation accuracy of ${series.length} groups over epochs.`}
        caption="Validation accuracy over epochs, mean ± sd"
        file={fileName('experiment', experimentId, 'validation-accuracy')}
        series={series}
        epochs={Math.max(0, ...runs.map((run) => run.epochs))}
        loaded={last !== undefined}
        pending={runs.some(({ state }) => !hasEnded(state))}
        error={error}
        format={(value) => `${percent(value)} %`}
        unit="percent"
      />
      {totalCount > runs.length ? (
        <p className="mt-2 flex flex-wrap items-center gap-x-3 text-xs text-muted">
          Drawn from the first {wholeNumber(runs.length)} of {wholeNumber(totalCount)} runs.
          <Button small onClick={() => setAll(true)}>
            Draw all
          </Button>
        </p>
      ) : null}
    </section>
  );
}
