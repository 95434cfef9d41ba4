'use client';

import { type Ref, useState } from 'react';
import { asNew, newTitle } from '@/lib/experiments/chosen-experiment.ts';
import { findExperiments } from '@/lib/experiments/find-experiments.ts';
import { useExperimentChoices } from '@/lib/experiments/use-experiment-choices.ts';
import { Combobox } from './combobox.tsx';

type Props = {
  label?: string;
  id?: string;
  ref?: Ref<HTMLInputElement> | undefined;
  /** The experiment's id, or a new one's title as `asNew` writes it; the empty string for none, null while nothing was chosen. */
  value: string | null;
  onChange: (chosen: string) => void;
  onBlur?: () => void;
  disabled?: boolean;
  invalid?: boolean;
  describedBy?: string;
  className?: string;
};

const none = 'none';
const fresh = 'new';

/** One of the experiments there are, none, or a new one of the title that was typed. That is made by what is done with it, not by being chosen. */
export function ExperimentCombobox({ value, onChange, ...field }: Props) {
  const choices = useExperimentChoices();
  const known = choices ?? [];
  const [text, setText] = useState('');
  const { found, exact } = findExperiments(known, text);
  const title = text.trim();
  const options = [
    ...(title === '' ? [{ value: none, label: 'None' }] : []),
    ...found.map((option) => ({ ...option, value: `id ${option.value}` })),
    ...(title !== '' && !exact && title.length <= 200 ? [{ value: fresh, label: `New experiment “${title}”` }] : []),
  ];
  return (
    <Combobox
      {...field}
      shown={nameOf(value, known)}
      placeholder="Choose, or type the title of a new one"
      options={options}
      // One of that title may be among those that have not come yet.
      searching={choices === undefined}
      onSearch={setText}
      onChoose={(chosen) => onChange(chosen === fresh ? asNew(title) : chosen === none ? '' : chosen.slice('id '.length))}
      status={
        title === '' && known.length > found.length
          ? 'Type to find another, or a new title'
          : title === ''
            ? 'Type a title to make a new one'
            : null
      }
    />
  );
}

function nameOf(id: string | null, all: readonly { value: string; label: string }[]): string {
  if (id === null) return '';
  const title = newTitle(id);
  if (title !== null) return `${title} (new)`;
  return id === '' ? 'None' : (all.find(({ value }) => value === id)?.label ?? id);
}
