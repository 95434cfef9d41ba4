'use client';

import { useState } from 'react';
import { GroupRunChangedDocument, type Method, SeedCurvesOfGroupDocument } from '@/generated/graphql.ts';
import { askAll } from '@/lib/api/ask-all.ts';
import { percent } from '@/lib/format/number.ts';
import { useLiveRead } from '@/lib/live/use-live-read.ts';
import { useNews } from '@/lib/live/use-news.ts';
import { type Member, membersIn } from '@/lib/runs/members.ts';
import { fileName } from '@/ui/chart/file-name.ts';
import { SeedCurves } from '@/ui/chart/seed-curves.tsx';
import { MemberChoice } from '@/ui/member-choice.tsx';
import { SectionTitle } from '@/ui/page-header.tsx';
import { curveLines } from './curve-lines.ts';

/** Runs whose rows are fetched by one question. */
const pageSize = 60;

type Props = {
  groupKey: string;
  method: Method;
  twinKey: string | null;
  /** Whether any of its runs has not ended. */
  pending: boolean;
};

/** Validation accuracy over epochs: each seed, their mean, and the twin's. */
export function GroupSeedCurves({ groupKey, method, twinKey, pending }: Props) {
  const [member, setMember] = useState<Member>(0);
  const isNews = useNews();
  const { last, error } = useLiveRead(
    async (client) => {
      const ask = async (key: string) => {
        const pages = await askAll(client, SeedCurvesOfGroupDocument, { groupKey: key, first: pageSize }, ({ runs }) => runs);
        return pages.flatMap(({ runs }) => runs.edges.map(({ node }) => node));
      };
      return { own: await ask(groupKey), twin: twinKey === null ? [] : await ask(twinKey) };
    },
    `${groupKey} ${twinKey}`,
    GroupRunChangedDocument,
    {
      variables: { groupKey },
      // With its state changes which of a seed's runs counts.
      isStale: ({ runsChanged: { id, state, archived, epochsDone } }) => isNews(id, `${state} ${archived} ${epochsDone}`),
      // Several runs commit epochs within moments of each other: their rows are fetched together.
      pause: 1500,
    },
  );
  const members = membersIn(last?.own ?? []);
  const shown = members.includes(member) ? member : (members[0] ?? 0);
  const series = curveLines(method, last?.own ?? [], last?.twin ?? [], shown);
  return (
    <section aria-labelledby="group-curves">
      <SectionTitle id="group-curves" aside={<MemberChoice members={members} shown={shown} onChange={setMember} />}>
        Validation accuracy over epochs: each seed, mean ± sd
      </SectionTitle>
      <SeedCurves
        group={`group-${groupKey}`}
        label={`Validation accuracy over epochs: ${series.map(({ name }) => name).join(', ')}.`}
        caption="Validation accuracy over epochs: each seed, mean ± sd"
        file={fileName('group', groupKey.slice(0, 8), 'validation-accuracy')}
        series={series}
        epochs={Math.max(0, ...(last?.own ?? []).map(({ epochs }) => epochs))}
        loaded={last !== undefined}
        pending={pending}
        error={error}
        format={(value) => `${percent(value)} %`}
        unit="percent"
      />
    </section>
  );
}
