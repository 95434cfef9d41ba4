'use client';

import { useMutation } from '@apollo/client/react';
import { type AnalysisStateFragment, CancelAnalysisDocument, RetryAnalysisDocument } from '@/generated/graphql.ts';
import { useViewer } from '@/lib/viewer.tsx';
import { Button } from '@/ui/button.tsx';
import { RunStateMark } from '@/ui/run-state.tsx';
import { Refusal } from '../refusal.tsx';
import { AnalysisAnswer } from './analysis-answer.tsx';
import { AnalysisProgress } from './analysis-progress.tsx';
import { askedOf } from './asked-of.ts';
import { kindNames } from './kinds.ts';
import { saidOptions } from './said-options.ts';

type Props = { analysis: AnalysisStateFragment; open: boolean; onToggle: (open: boolean) => void };

/** One question: how it stands, and its answer once it is opened. */
export function AnalysisItem({ analysis, open, onToggle }: Props) {
  const { canWrite } = useViewer();
  const variables = { id: analysis.id };
  const [cancel, cancelling] = useMutation(CancelAnalysisDocument, { variables });
  const [retry, retrying] = useMutation(RetryAnalysisDocument, { variables });
  const error = cancelling.error ?? retrying.error;
  const waits = analysis.state === 'QUEUED' || analysis.state === 'RUNNING';
  const done = analysis.state === 'SUCCEEDED';
  // A refused action says so below.
  const ignore = () => {};
  return (
    <li className="border-b border-line py-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-[0.8125rem]">
        <button
          type="button"
          className="min-h-8 text-left font-medium hover:underline disabled:no-underline"
          aria-expanded={open}
          disabled={!done}
          onClick={() => onToggle(!open)}
        >
          {kindNames[analysis.kind].name}
        </button>
        <RunStateMark state={analysis.state} className="text-xs" />
        <span className="min-w-0 flex-1 text-xs text-muted [overflow-wrap:anywhere]">
          {askedOf(analysis.networks)}
          {saidOptions(analysis.question) ? `; ${saidOptions(analysis.question)}` : ''}
        </span>
        {canWrite && waits ? (
          <Button small disabled={cancelling.loading || analysis.cancelRequested} onClick={() => cancel().catch(ignore)}>
            {analysis.cancelRequested ? 'Cancelling…' : 'Cancel'}
          </Button>
        ) : null}
        {canWrite && !waits && !done ? (
          <Button small disabled={retrying.loading} onClick={() => retry().catch(ignore)}>
            Retry
          </Button>
        ) : null}
      </div>
      {analysis.state === 'RUNNING' ? <AnalysisProgress analysis={analysis} /> : null}
      {analysis.state === 'QUEUED' && analysis.queuePosition !== null ? (
        <p className="text-xs text-muted">
          {analysis.queuePosition === 1 ? 'Next in the queue.' : `Place ${analysis.queuePosition} in the queue.`}
        </p>
      ) : null}
      {analysis.reason ? (
        <p className={analysis.state === 'FAILED' ? 'text-xs text-danger [overflow-wrap:anywhere]' : 'text-xs text-muted'}>
          {analysis.reason}
        </p>
      ) : null}
      <Refusal of={error} />
      {open && done ? (
        <div className="pt-2">
          <AnalysisAnswer id={analysis.id} networks={analysis.networks} />
        </div>
      ) : null}
    </li>
  );
}
