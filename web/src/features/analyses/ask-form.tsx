'use client';

import { useMutation } from '@apollo/client/react';
import { takesReference } from '@studyhall/contract/analysis/check-question.ts';
import type { AnalysisKind } from '@studyhall/contract/analysis/kinds.ts';
import { useState } from 'react';
import { AskAnalysisDocument, type QuestionInput } from '@/generated/graphql.ts';
import { QuestionForm } from './question-form.tsx';
import { type AskedRun, ReferenceChoice } from './reference-choice.tsx';
import type { ReferenceOption } from './reference-options.ts';

type Props = { run: AskedRun; networks: readonly number[]; onAsked: (id: string, before: boolean) => void };

/** Asks a question about the networks of a run. */
export function AskForm({ run, networks, onAsked }: Props) {
  const [reference, setReference] = useState<ReferenceOption | null>(null);
  const [ask, { loading, error }] = useMutation(AskAnalysisDocument);

  const submit = async (question: QuestionInput, kind: AnalysisKind) => {
    const against = takesReference(kind) && reference ? { reference: { runId: reference.runId, network: reference.network } } : {};
    const input = { networks: networks.map((network) => ({ runId: run.id, network })), question, ...against };
    // A refusal says so below.
    const { data } = await ask({ variables: { input } }).catch(() => ({ data: null }));
    if (data) onAsked(data.askAnalysis.analysis.id, data.askAnalysis.askedBefore);
  };

  const more = (kind: AnalysisKind) => ({
    complete: !takesReference(kind) || reference !== null,
    fields: takesReference(kind) ? <ReferenceChoice run={run} chosen={reference} onChoose={setReference} /> : null,
  });

  return <QuestionForm onAsk={(question, kind) => void submit(question, kind)} more={more} loading={loading} error={error} />;
}
