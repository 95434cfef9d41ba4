'use client';

import { useController } from 'react-hook-form';
import { Select } from '@/ui/input.tsx';
import { fieldId, useScheduleForm } from './form-context.tsx';
import type { FieldProps } from './setting-field.tsx';

/** One of the experiments there are, or none. */
export function ExperimentPicker({ path }: FieldProps) {
  const { readOnly, choices } = useScheduleForm();
  const { field: input } = useController({ name: path });
  return (
    <Select
      id={fieldId(path)}
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
