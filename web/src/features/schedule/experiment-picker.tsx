'use client';

import { useController } from 'react-hook-form';
import { Select } from '@/ui/input.tsx';
import { useProblems, useScheduleForm } from './form-context.tsx';
import { fieldId, textIds } from './form-place.ts';
import type { FieldProps } from './setting-field.tsx';

/** One of the experiments there are, or none. */
export function ExperimentPicker({ path }: FieldProps) {
  const { readOnly, choices } = useScheduleForm();
  const { field: input } = useController({ name: path });
  const invalid = useProblems(path).length > 0;
  const ids = textIds(path);
  return (
    <Select
      id={fieldId(path)}
      aria-invalid={invalid || undefined}
      aria-describedby={`${ids.about} ${ids.problem}`}
      ref={input.ref}
      disabled={readOnly}
      value={typeof input.value === 'string' ? input.value : ''}
      onBlur={input.onBlur}
      onChange={input.onChange}
      className="w-full"
    >
      <option value="">None</option>
      {choices.experiments.edges.map(({ node }) => (
        <option key={node.id} value={node.id}>
          {node.title}
        </option>
      ))}
    </Select>
  );
}
