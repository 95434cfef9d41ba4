'use client';

import { useMutation } from '@apollo/client/react';
import type { AnalysisKind } from '@studyhall/contract/analysis/kinds.ts';
import { useState } from 'react';
import { AskAnalysisDocument, type QuestionInput } from '@/generated/graphql.ts';
import { Input } from '@/ui/input.tsx';
import { Labelled } from '@/ui/labelled.tsx';
import { QuestionForm } from './question-form.tsx';

type Props = { runId: string; networks: readonly number[]; onAsked: (id: string, before: boolean) => void };

/** Asks a question about the networks of a run. */
export function AskForm({ runId, networks, onAsked }: Props) {
  const [reference, setReference] = useState('');
  const [ask, { loading, error }] = useMutation(AskAnalysisDocument);
  const needsReference = (kind: AnalysisKind) => kind === 'EQUIVALENT_TEMPERATURE';

  const submit = async (question: QuestionInput, kind: AnalysisKind) => {
    const input = {
      networks: networks.map((network) => ({ runId, network })),
      question,
      ...(needsReference(kind) ? { reference: { runId: reference.trim() } } : {}),
    };
    // A refusal says so below.
    const { data } = await ask({ variables: { input } }).catch(() => ({ data: null }));
    if (data) onAsked(data.askAnalysis.analysis.id, data.askAnalysis.askedBefore);
  };

  const more = (kind: AnalysisKind) => ({
    complete: !needsReference(kind) || reference.trim() !== '',
    fields: needsReference(kind) ? (
      <Labelled small label="Reference: id of the independent twin’s or the teacher’s run">
        {(field) => <Input {...field} value={reference} onChange={(event) => setReference(event.target.value)} placeholder="run_…" />}
      </Labelled>
    ) : null,
  });

  return <QuestionForm onAsk={(question, kind) => void submit(question, kind)} more={more} loading={loading} error={error} />;
}
