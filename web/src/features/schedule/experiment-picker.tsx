'use client';

import { useController } from 'react-hook-form';
import { useExperimentChoices } from '@/lib/experiments/use-experiment-choices.ts';
import { Select } from '@/ui/input.tsx';
import type { FieldProps } from './field-props.ts';
import { useProblems, useScheduleForm } from './form-context.tsx';
import { fieldId, textIds } from './form-place.ts';

/** One of the experiments there are, or none. */
export function ExperimentPicker({ path }: FieldProps) {
  const { readOnly } = useScheduleForm();
  const experiments = useExperimentChoices();
  const { field: input } = useController({ name: path });
  const invalid = useProblems(path).length > 0;
  const ids = textIds(path);
  const value = typeof input.value === 'string' ? input.value : '';
  return (
    <Select
      id={fieldId(path)}
      aria-invalid={invalid || undefined}
      aria-describedby={`${ids.about} ${ids.problem}`}
      ref={input.ref}
      disabled={readOnly}
      value={value}
      onBlur={input.onBlur}
      onChange={input.onChange}
      className="w-full"
    >
      <option value="">None</option>
      {value && !experiments.some((experiment) => experiment.value === value) ? <option value={value}>{value}</option> : null}
      {experiments.map((experiment) => (
        <option key={experiment.value} value={experiment.value}>
          {experiment.label}
        </option>
      ))}
    </Select>
  );
}
