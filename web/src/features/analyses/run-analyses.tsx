'use client';

import { useState } from 'react';
import { unmask } from '@/generated/fragment-masking.ts';
import { AnalysisStateFragmentDoc, RunAnalysesChangedDocument, RunAnalysesDocument } from '@/generated/graphql.ts';
import { useLiveQuery } from '@/lib/live/use-live-query.ts';
import { useViewer } from '@/lib/viewer.tsx';
import { AnalysisItem } from '@/ui/analysis/analysis-item.tsx';
import { Button } from '@/ui/button.tsx';
import { SectionTitle } from '@/ui/page-header.tsx';
import { AskForm } from './ask-form.tsx';

/** What has been asked about a run's networks, and what came out; and a way to ask. */
export function RunAnalyses({ runId }: { runId: string }) {
  const { canWrite } = useViewer();
  const variables = { id: runId };
  // Each message is the run with all its analyses, as the query gives it.
  const { data } = useLiveQuery(RunAnalysesDocument, variables, RunAnalysesChangedDocument, ({ run }) => ({ variables, skip: !run }));
  const [asking, setAsking] = useState(false);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [said, setSaid] = useState<string | null>(null);
  const { run } = data;
  if (!run) return null;
  const analyses = run.analyses.map((analysis) => unmask(AnalysisStateFragmentDoc, analysis));
  const networks = run.networks.filter(({ role }) => role !== 'TEACHER').map(({ index }) => index);
  const canAsk = canWrite && run.state === 'SUCCEEDED';

  const toggle = (id: string, shown: boolean) => {
    const next = new Set(open);
    if (shown) next.add(id);
    else next.delete(id);
    setOpen(next);
  };

  return (
    <section aria-labelledby="analyses">
      <SectionTitle
        id="analyses"
        aside={
          canAsk ? (
            <Button small aria-expanded={asking} onClick={() => setAsking(!asking)}>
              {asking ? 'Close' : 'Analyse'}
            </Button>
          ) : null
        }
      >
        Analyses
      </SectionTitle>
      {asking && canAsk ? (
        <AskForm
          run={run}
          networks={networks}
          onAsked={(id, before) => {
            setAsking(false);
            setSaid(before ? 'That was asked of these very weights before: the answer stands below.' : null);
            toggle(id, true);
          }}
        />
      ) : null}
      {said ? (
        <p role="status" className="pt-2 text-xs text-muted">
          {said}
        </p>
      ) : null}
      {analyses.length === 0 ? (
        <p className="pt-2 text-[0.8125rem] text-muted">
          {run.state === 'SUCCEEDED'
            ? 'Nothing has been asked yet: generalisation, flatness, entropy, pairs of networks and embeddings can be.'
            : 'Its networks can be analysed once it has succeeded.'}
        </p>
      ) : (
        <ul>
          {analyses.map((analysis) => (
            <AnalysisItem
              key={analysis.id}
              analysis={analysis}
              open={open.has(analysis.id)}
              onToggle={(shown) => toggle(analysis.id, shown)}
            />
          ))}
        </ul>
      )}
    </section>
  );
}
