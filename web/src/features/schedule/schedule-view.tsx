'use client';

import { skipToken, useSuspenseQuery } from '@apollo/client/react';
import type { ReactNode } from 'react';
import { FleetChangedDocument, ScheduleChoicesDocument, ScheduleDeckSourceDocument, ScheduleSourceDocument } from '@/generated/graphql.ts';
import type { Draft } from '@/lib/contract/draft.ts';
import { useLiveQuery } from '@/lib/live/use-live-query.ts';
import { useNews } from '@/lib/live/use-news.ts';
import { Notice } from '@/ui/notice.tsx';
import { clonedDraft, deckDraft, freshDraft, type LeftBehind, leftBehind, proposedDataset } from './initial-draft.ts';
import { ScheduleForm } from './schedule-form.tsx';
import type { ScheduleSource } from './schedule-source.ts';

/** The form, filled from what it is to start with. */
export function ScheduleView({ source }: { source: ScheduleSource }) {
  const isNews = useNews();
  const { data: choices } = useLiveQuery(ScheduleChoicesDocument, {}, FleetChangedDocument, () => ({
    variables: {},
    // Which datasets there are, and which can be trained on now.
    isStale: ({ trainersChanged }) => isNews('fleet', JSON.stringify(trainersChanged)),
  }));
  const start = useStart(source);
  const place = `form ${JSON.stringify(source)}`;
  return (
    <>
      {start.notice}
      <ScheduleForm
        key={`${start.key} ${place}`}
        initial={start.draft ?? freshDraft(proposedDataset(choices), source.experiment)}
        choices={choices}
        place={place}
        leftBehind={start.left ?? null}
      />
    </>
  );
}

type Start = { key: string; draft: Draft | null; notice: ReactNode; left?: LeftBehind | null };

/** An earlier run, a group of the deck, or nothing: then the form starts at its defaults. */
function useStart({ clone, group }: ScheduleSource): Start {
  const { data: ofRun } = useSuspenseQuery(ScheduleSourceDocument, clone ? { variables: { id: clone } } : skipToken);
  const { data: ofDeck } = useSuspenseQuery(
    ScheduleDeckSourceDocument,
    group ? { variables: { slug: group.slug, scale: group.scale } } : skipToken,
  );
  const run = ofRun?.run;
  const system = ofDeck?.deckSystem;
  const found = system?.preset.groups.find(({ key }) => key === group?.key);
  if (run) {
    const title = `A copy of ${run.label}, seed ${run.seed}`;
    return { key: run.id, draft: clonedDraft(run), notice: <Known title={title} />, left: leftBehind(run) };
  }
  if (system && found) {
    const title = `“${found.title}” of ${system.title}, in the deck`;
    return { key: `${system.id} ${found.key}`, draft: deckDraft(found), notice: <Known title={title} /> };
  }
  if (clone) return { key: 'fresh', draft: null, notice: <Unknown title={`There is no run ${clone}`} /> };
  if (group) return { key: 'fresh', draft: null, notice: <Unknown title={`The deck has no group ${group.key} there`} /> };
  return { key: 'fresh', draft: null, notice: null };
}

function Known({ title }: { title: string }) {
  return (
    <Notice className="mb-6" title={title}>
      Change what should differ. Other seeds join its group; any other change makes a new one.
    </Notice>
  );
}

function Unknown({ title }: { title: string }) {
  return (
    <Notice className="mb-6" tone="warn" title={title}>
      The form starts at its defaults.
    </Notice>
  );
}
