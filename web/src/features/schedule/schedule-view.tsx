'use client';

import { skipToken, useSuspenseQuery } from '@apollo/client/react';
import { ScheduleChoicesDocument, ScheduleSourceDocument } from '@/generated/graphql.ts';
import { Notice } from '@/ui/notice.tsx';
import { clonedDraft, freshDraft } from './initial-draft.ts';
import { ScheduleForm } from './schedule-form.tsx';

/** The form, filled from the run to clone if one is named. */
export function ScheduleView({ clone, experiment }: { clone: string | null; experiment: string | null }) {
  const { data: choices } = useSuspenseQuery(ScheduleChoicesDocument);
  const { data: source } = useSuspenseQuery(ScheduleSourceDocument, clone ? { variables: { id: clone } } : skipToken);
  const run = source?.run;
  const dataset = choices.datasets.find((candidate) => candidate.name === 'shapes-16') ?? choices.datasets[0];
  return (
    <>
      {clone ? (
        <Notice
          className="mb-6"
          tone={run ? 'plain' : 'warn'}
          title={run ? `A copy of ${run.label}, seed ${run.seed}` : `There is no run ${clone}`}
        >
          {run
            ? 'Change what should differ. Other seeds join its group; any other change makes a new one.'
            : 'The form starts at its defaults.'}
        </Notice>
      ) : null}
      <ScheduleForm key={run?.id ?? 'fresh'} initial={run ? clonedDraft(run) : freshDraft(dataset?.name, experiment)} choices={choices} />
    </>
  );
}
