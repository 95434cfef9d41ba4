'use client';

import { useController, useWatch } from 'react-hook-form';
import { Select } from '@/ui/input.tsx';
import type { FieldProps } from './field-props.ts';
import { useProblems, useScheduleForm } from './form-context.tsx';
import { fieldId, textIds } from './form-place.ts';
import { SettingControl } from './setting-control.tsx';

/** One of the chosen dataset's views. */
export function ViewPicker({ field, path, label, about }: FieldProps & { label?: string; about?: string }) {
  const { readOnly, choices } = useScheduleForm();
  const { field: input } = useController({ name: path });
  const invalid = useProblems(path).length > 0;
  const ids = textIds(path);
  const dataset: unknown = useWatch({ name: 'spec.dataset' });
  const views = choices.datasets.find((candidate) => candidate.name === dataset)?.views ?? [];
  const value = typeof input.value === 'string' ? input.value : '';
  if (views.length === 0) return <SettingControl field={field} path={path} {...(label ? { label } : {})} {...(about ? { about } : {})} />;
  return (
    <Select
      id={fieldId(path)}
      ref={input.ref}
      aria-label={label}
      aria-invalid={invalid || undefined}
      aria-describedby={`${about ?? ids.about} ${ids.problem}`}
      disabled={readOnly}
      value={value}
      onBlur={input.onBlur}
      onChange={input.onChange}
      className="w-full"
    >
      <option value="">First view ({views[0]?.name})</option>
      {value && !views.some((view) => view.name === value) ? <option value={value}>{value} (not in this dataset)</option> : null}
      {views.map((view) => (
        <option key={view.name} value={view.name}>
          {view.name} ({view.shape.join('×')})
        </option>
      ))}
    </Select>
  );
}
