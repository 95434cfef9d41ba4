'use client';

import { useController } from 'react-hook-form';
import { TagsInput } from '@/ui/tags-input.tsx';
import type { FieldProps } from './field-props.ts';
import { useProblems, useScheduleForm } from './form-context.tsx';
import { fieldId, textIds } from './form-place.ts';

/** The tags that the runs get. */
export function TagsField({ path }: FieldProps) {
  const { readOnly } = useScheduleForm();
  const { field: input } = useController({ name: path });
  const invalid = useProblems(path).length > 0;
  const ids = textIds(path);
  return (
    <TagsInput
      id={fieldId(path)}
      disabled={readOnly}
      value={typeof input.value === 'string' ? input.value : ''}
      onChange={input.onChange}
      onBlur={input.onBlur}
      aria-invalid={invalid || undefined}
      aria-describedby={`${ids.about} ${ids.facts} ${ids.problem}`}
    />
  );
}
