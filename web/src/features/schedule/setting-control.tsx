'use client';

import { useController } from 'react-hook-form';
import { settings } from '@/generated/settings.ts';
import { settingLabel } from '@/lib/contract/labels.ts';
import type { Setting } from '@/lib/contract/settings.ts';
import { Checkbox, Input, Select, TextArea } from '@/ui/input.tsx';
import { fieldId, useProblems, useScheduleForm } from './form-context.tsx';

type Props = { field: Setting; path: string; label?: string };

/** The control for one scalar of the contract: a number with its unit, a text, a switch or a choice. */
export function SettingControl({ field, path, label }: Props) {
  const { readOnly } = useScheduleForm();
  const { field: input } = useController({ name: path });
  const invalid = useProblems(path).length > 0;
  const id = fieldId(path);
  const shared = {
    id,
    disabled: readOnly,
    name: input.name,
    ref: input.ref,
    onBlur: input.onBlur,
    'aria-describedby': `${id}-about ${id}-problem`,
    'aria-invalid': invalid || undefined,
    ...(label ? { 'aria-label': label } : {}),
  };
  if (field.kind === 'boolean') {
    return (
      <Checkbox {...shared} checked={input.value === true} onChange={(event) => input.onChange(event.target.checked)} className="min-h-7">
        <span aria-hidden className="text-muted">
          {input.value === true ? 'On' : 'Off'}
        </span>
      </Checkbox>
    );
  }
  const text = typeof input.value === 'string' ? input.value : '';
  const change = (event: { target: { value: string } }) => input.onChange(event.target.value);
  if (field.kind === 'enum') {
    const values = settings.enums[field.type]?.values ?? [];
    return (
      <>
        <Select {...shared} value={text} onChange={change} className="w-full">
          {field.required || field.default !== undefined ? null : <option value="">Not set</option>}
          {values.map((value) => (
            <option key={value.name} value={value.name}>
              {settingLabel(value.name)}
            </option>
          ))}
        </Select>
        <p className="mt-1 text-xs text-muted">{values.find((value) => value.name === text)?.description}</p>
      </>
    );
  }
  if (field.kind === 'string' && field.name === 'note') return <TextArea {...shared} rows={3} value={text} onChange={change} />;
  const numeric = field.kind === 'int' || field.kind === 'float';
  return (
    <span className="flex items-center gap-2">
      <Input
        {...shared}
        value={text}
        onChange={change}
        inputMode={field.kind === 'int' && !field.list ? 'numeric' : field.kind === 'float' ? 'decimal' : undefined}
        autoComplete="off"
        placeholder={field.list ? 'separated by commas' : field.required ? '' : 'not set'}
        className={numeric && !field.list ? 'max-w-28 text-right' : ''}
      />
      {field.range?.unit ? <span className="text-xs text-muted">{field.range.unit}</span> : null}
    </span>
  );
}
