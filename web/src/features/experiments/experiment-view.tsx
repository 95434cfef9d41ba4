'use client';

import { useApolloClient, useMutation } from '@apollo/client/react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { ExperimentDocument, UpdateExperimentDocument, type UpdateExperimentMutationVariables } from '@/generated/graphql.ts';
import { errorCode } from '@/lib/api/error-code.ts';
import { basePath } from '@/lib/base-path.ts';
import { wholeNumber } from '@/lib/format/number.ts';
import { exportOf, paths } from '@/lib/paths.ts';
import { useViewer } from '@/lib/viewer.tsx';
import { AddSeeds } from '@/ui/add-seeds/add-seeds.tsx';
import { Button, DownloadButton, LinkButton } from '@/ui/button.tsx';
import { CountsLine } from '@/ui/counts-line.tsx';
import { Dialog } from '@/ui/dialog.tsx';
import { Notice } from '@/ui/notice.tsx';
import { PageHeader } from '@/ui/page-header.tsx';
import { ExperimentFields } from './experiment-fields.tsx';
import { useExperiment } from './use-experiment.ts';
import { Webhooks } from './webhooks.tsx';

/** An experiment's question and note; `children` compares its groups. */
export function ExperimentView({ slug, children }: { slug: string; children: ReactNode }) {
  const experiment = useExperiment(slug);
  const { canWrite } = useViewer();
  const [editing, setEditing] = useState(false);
  const [update, { loading, error }] = useMutation(UpdateExperimentDocument);
  const client = useApolloClient();
  if (!experiment) {
    return (
      <Notice
        className="mt-10"
        title="There is no such experiment"
        action={<LinkButton href={paths.experiments}>All experiments</LinkButton>}
      >
        Its address may have been cut short.
      </Notice>
    );
  }
  /** Saved by somebody else since it was read: theirs is shown beside what was written. */
  const readTheirs = async (failure: unknown) => {
    if (errorCode(failure) === 'CONFLICT')
      await client.query({ query: ExperimentDocument, variables: { slug }, fetchPolicy: 'network-only' }).catch(() => null);
    return null;
  };
  const save = async (change: Omit<UpdateExperimentMutationVariables, 'id'>) => {
    const saved = await update({ variables: { id: experiment.id, ...change } }).catch(readTheirs);
    if (saved) setEditing(false);
    return saved != null;
  };
  return (
    <>
      <PageHeader
        title={experiment.title}
        actions={
          <>
            {canWrite ? (
              <>
                <Button onClick={() => setEditing(true)}>Edit</Button>
                <Webhooks experimentId={experiment.id} />
                <Button busy={loading} onClick={() => save({ archived: !experiment.archived })}>
                  {experiment.archived ? 'Take out of the archive' : 'Archive'}
                </Button>
              </>
            ) : null}
            {experiment.counts.succeeded + experiment.counts.failed + experiment.counts.cancelled > 0 ? (
              <DownloadButton
                href={`${basePath}${exportOf(slug)}`}
                title="Its runs that have ended: tables for spreadsheets, and all that another Studyhall needs to take them in"
              >
                Export
              </DownloadButton>
            ) : null}
            {experiment.counts.total > 0 && !experiment.archived ? (
              <AddSeeds of={{ experimentId: experiment.id }} name="all of its groups" withTwins />
            ) : null}
            <LinkButton href={paths.runs({ experiment: experiment.id })}>Runs</LinkButton>
            <LinkButton href={paths.schedule({ experiment: experiment.id })} look="primary">
              Schedule into it
            </LinkButton>
          </>
        }
      >
        {experiment.note ? <p className="max-w-[75ch] whitespace-pre-wrap">{experiment.note}</p> : null}
        <div className="mt-2">
          <CountsLine counts={experiment.counts} archived={experiment.archivedRuns} />
        </div>
      </PageHeader>
      {experiment.counts.total === 0 && experiment.archivedRuns > 0 ? (
        <Notice
          title={`${wholeNumber(experiment.archivedRuns)} archived`}
          action={<LinkButton href={paths.runs({ experiment: experiment.id, archived: 'yes' })}>See the archived runs</LinkButton>}
        >
          All of its runs are in the archive; taken out of it, they appear here side by side.
        </Notice>
      ) : experiment.counts.total === 0 ? (
        <Notice title="No runs yet">Schedule the groups to be compared into this experiment; they appear here side by side.</Notice>
      ) : (
        children
      )}
      <Dialog open={editing} onOpenChange={setEditing} title="Edit the experiment">
        <ExperimentFields
          title={experiment.title}
          note={experiment.note}
          action="Save"
          busy={loading}
          place={`experiment ${experiment.id}`}
          error={error}
          onSave={(_, changed, before) => save({ ...changed, before })}
          onLeave={() => setEditing(false)}
        />
      </Dialog>
    </>
  );
}
