'use client';

import { useMutation } from '@apollo/client/react';
import { takesReference } from '@studyhall/contract/analysis/check-question.ts';
import type { AnalysisKind } from '@studyhall/contract/analysis/kinds.ts';
import { useState } from 'react';
import { AskGroupsDocument, type AskGroupsMutation, type QuestionInput } from '@/generated/graphql.ts';
import type { SeedGroup } from '@/ui/analysis/seeds/seed-series.ts';
import { Checkbox, Input } from '@/ui/input.tsx';
import { Labelled } from '@/ui/labelled.tsx';
import { SelectField } from '@/ui/select-field.tsx';
import { QuestionForm } from './question-form.tsx';

type Props = { groups: readonly SeedGroup[]; onAsked: (said: string) => void };

/** Most groups that the API asks at once. */
const mostGroups = 24;

/** Asks a question of every seed of groups: of all that are compared, or of some. */
export function AskGroupsForm({ groups, onAsked }: Props) {
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set(groups.slice(mostGroups).map(({ groupKey }) => groupKey)));
  const [together, setTogether] = useState(false);
  const [reference, setReference] = useState('');
  const [referenceNetwork, setReferenceNetwork] = useState('');
  const isPlace = /^\d*$/.test(referenceNetwork.trim());
  const [ask, { loading, error }] = useMutation(AskGroupsDocument);
  const asked = groups.filter(({ groupKey }) => !leftOut.has(groupKey)).map(({ groupKey }) => groupKey);
  const toggle = (key: string) => {
    const next = new Set(leftOut);
    if (!next.delete(key)) next.add(key);
    setLeftOut(next);
  };

  const submit = async (question: QuestionInput, kind: AnalysisKind) => {
    const named = {
      ...(reference === '' ? {} : { reference }),
      ...(referenceNetwork.trim() === '' ? {} : { referenceNetwork: Number(referenceNetwork) }),
    };
    const byReference = takesReference(kind) ? named : {};
    // A refusal says so below.
    const { data } = await ask({ variables: { input: { groups: asked, question, together, ...byReference } } }).catch(() => ({
      data: null,
    }));
    if (data) onAsked(outcome(data.askGroups));
  };

  const above =
    groups.length > 1 ? (
      <fieldset className="text-xs text-muted">
        <legend>Groups, every seed of each</legend>
        <div className="flex max-h-44 flex-col overflow-y-auto">
          {groups.map(({ groupKey, title }) => (
            <Checkbox key={groupKey} checked={!leftOut.has(groupKey)} onChange={() => toggle(groupKey)}>
              {title}
            </Checkbox>
          ))}
        </div>
      </fieldset>
    ) : null;
  const more = (kind: AnalysisKind) => ({
    complete: asked.length > 0 && asked.length <= mostGroups && (!takesReference(kind) || isPlace),
    fields: takesReference(kind) ? (
      <>
        <SelectField
          label="Reference"
          value={reference}
          options={[
            { value: '', label: 'the independent twin of each' },
            ...groups.map(({ groupKey, title }) => ({ value: groupKey, label: title })),
          ]}
          onChange={setReference}
        />
        <Labelled small label="Its network">
          {(field) => (
            <Input
              {...field}
              value={referenceNetwork}
              inputMode="numeric"
              placeholder="the one at the same place"
              aria-invalid={!isPlace}
              onChange={(event) => setReferenceNetwork(event.target.value)}
            />
          )}
        </Labelled>
      </>
    ) : kind === 'EMBEDDING' || groups.length < 2 ? null : (
      <span className="self-end">
        <Checkbox checked={together} onChange={() => setTogether(!together)}>
          of all groups at once, seed by seed
        </Checkbox>
      </span>
    ),
  });

  return <QuestionForm onAsk={(question, kind) => void submit(question, kind)} above={above} more={more} loading={loading} error={error} />;
}

const outcome = ({ asked, askedBefore, waiting, refused }: AskGroupsMutation['askGroups']): string =>
  [
    ...(asked > 0 ? [`${asked} asked.`] : []),
    ...(askedBefore > 0 ? [`${askedBefore} had been asked of these very weights before.`] : []),
    ...(waiting > 0 ? [`${waiting} will be asked as soon as their runs have succeeded.`] : []),
    ...refused,
  ].join(' ');
