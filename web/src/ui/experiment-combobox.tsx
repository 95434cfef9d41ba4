'use client';

import { useMutation } from '@apollo/client/react';
import { type Ref, useState } from 'react';
import { unmask } from '@/generated/fragment-masking.ts';
import { CreateExperimentDocument, ListedExperimentFragmentDoc } from '@/generated/graphql.ts';
import { errorMessage } from '@/lib/api/error-code.ts';
import { findExperiments } from '@/lib/experiments/find-experiments.ts';
import { useExperimentChoices } from '@/lib/experiments/use-experiment-choices.ts';
import { Combobox } from './combobox.tsx';

type Props = {
  label?: string;
  id?: string;
  ref?: Ref<HTMLInputElement> | undefined;
  /** The experiment's id; the empty string for none, null while nothing was chosen. */
  value: string | null;
  onChange: (id: string) => void;
  onBlur?: () => void;
  disabled?: boolean;
  invalid?: boolean;
  describedBy?: string;
  className?: string;
};

const none = 'none';
const fresh = 'new';

/** One of the experiments there are, none, or a new one of the title that was typed, which is made at once. */
export function ExperimentCombobox({ value, onChange, ...field }: Props) {
  const known = useExperimentChoices();
  const [text, setText] = useState('');
  const [made, setMade] = useState<{ value: string; label: string }[]>([]);
  const [create, { loading, error }] = useMutation(CreateExperimentDocument);
  const all = [...made.filter((one) => !known.some((other) => other.value === one.value)), ...known];
  const { found, exact } = findExperiments(all, text);
  const title = text.trim();
  const options = [
    ...(title === '' ? [{ value: none, label: 'None' }] : []),
    ...found.map((option) => ({ ...option, value: `id ${option.value}` })),
    ...(title !== '' && !exact && title.length <= 200 ? [{ value: fresh, label: `New experiment “${title}”` }] : []),
  ];
  const choose = async (chosen: string) => {
    if (chosen !== fresh) return onChange(chosen === none ? '' : chosen.slice('id '.length));
    const answer = await create({ variables: { title, note: '' } }).catch(() => null);
    const experiment = answer?.data && unmask(ListedExperimentFragmentDoc, answer.data.createExperiment);
    if (!experiment) return;
    setMade([...made, { value: experiment.id, label: experiment.title }]);
    onChange(experiment.id);
  };
  return (
    <>
      <Combobox
        {...field}
        shown={loading ? 'Making the experiment…' : nameOf(value, all)}
        placeholder="Choose, or type the title of a new one"
        options={options}
        onSearch={setText}
        onChoose={(chosen) => void choose(chosen)}
        status={
          title === '' && known.length > found.length
            ? 'Type to find another, or a new title'
            : title === ''
              ? 'Type a title to make a new one'
              : null
        }
      />
      {error ? (
        <span role="alert" className="block text-xs text-danger">
          {errorMessage(error)}
        </span>
      ) : null}
    </>
  );
}

function nameOf(id: string | null, all: readonly { value: string; label: string }[]): string {
  if (id === null) return '';
  return id === '' ? 'None' : (all.find(({ value }) => value === id)?.label ?? id);
}
