'use client';

import { publishedDatasets } from '@studyhall/contract/spec/published-datasets.ts';
import { useController } from 'react-hook-form';
import { wholeNumber } from '@/lib/format/number.ts';
import { Input, Select } from '@/ui/input.tsx';
import type { FieldProps } from './field-props.ts';
import { useProblems, useScheduleForm } from './form-context.tsx';
import { fieldId, textIds } from './form-place.ts';

/** A dataset by name, with what it holds and whether a trainer that has it is there. */
export function DatasetPicker({ path }: FieldProps) {
  const { readOnly, choices } = useScheduleForm();
  const { field: input } = useController({ name: path });
  const invalid = useProblems(path).length > 0;
  const ids = textIds(path);
  const shared = {
    id: fieldId(path),
    ref: input.ref,
    onBlur: input.onBlur,
    disabled: readOnly,
    'aria-invalid': invalid || undefined,
    'aria-describedby': `${ids.about} ${ids.problem}`,
  };
  const names = [...new Set(choices.datasets.map((dataset) => dataset.name))];
  if (names.length === 0) {
    return (
      <>
        <Input {...shared} value={String(input.value ?? '')} onChange={input.onChange} placeholder="shapes-16" />
        <p className="mt-1 text-xs text-muted">No trainer has announced a dataset yet.</p>
        <HowToGet announced={names} />
      </>
    );
  }
  const value = String(input.value ?? '');
  const chosen = choices.datasets.find((dataset) => dataset.name === value);
  const online = chosen?.trainers.filter((trainer) => trainer.state === 'ONLINE').length ?? 0;
  return (
    <>
      <Select {...shared} value={value} onChange={input.onChange} className="w-full">
        {value && !names.includes(value) ? <option value={value}>{value} (unknown)</option> : null}
        {value ? null : <option value="">Choose a dataset</option>}
        {names.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </Select>
      {chosen ? (
        <p className="mt-1 text-xs text-muted">
          {wholeNumber(chosen.trainSize)} training and {wholeNumber(chosen.testSize)} test images, {chosen.classCount} classes,{' '}
          {chosen.views.map((view) => `${view.name} ${view.shape.join('×')}`).join(', ')}.{' '}
          {online ? `On ${online} trainer${online === 1 ? '' : 's'} now.` : 'No trainer that has it is online: runs will wait.'}
        </p>
      ) : null}
      <HowToGet announced={names} />
    </>
  );
}

/** The command that brings published datasets that no trainer has announced. */
function HowToGet({ announced }: { announced: readonly string[] }) {
  const others = publishedDatasets.filter((name) => !announced.includes(name));
  if (others.length === 0) return null;
  return (
    <p className="mt-1 text-xs text-muted">
      <code>npm run trainer -- data get NAME</code> on a trainer’s machine fetches {others.join(', ')}.
    </p>
  );
}
