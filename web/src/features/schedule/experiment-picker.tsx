'use client';

import { useController } from 'react-hook-form';
import { ExperimentCombobox } from '@/ui/experiment-combobox.tsx';
import type { FieldProps } from './field-props.ts';
import { useProblems, useScheduleForm } from './form-context.tsx';
import { fieldId, textIds } from './form-place.ts';

/** One of the experiments there are, a new one, or none. */
export function ExperimentPicker({ path }: FieldProps) {
  const { readOnly } = useScheduleForm();
  const { field: input } = useController({ name: path });
  const ids = textIds(path);
  return (
    <ExperimentCombobox
      id={fieldId(path)}
      ref={input.ref}
      value={typeof input.value === 'string' ? input.value : ''}
      onChange={input.onChange}
      onBlur={input.onBlur}
      disabled={readOnly}
      invalid={useProblems(path).length > 0}
      describedBy={`${ids.about} ${ids.problem}`}
      className="w-full"
    />
  );
}
