'use client';

import { settings } from '@studyhall/contract/settings/contract.ts';
import type { Setting } from '@studyhall/contract/settings/settings.ts';
import { useController } from 'react-hook-form';
import { settingLabel } from '@/lib/contract/labels.ts';
import { Checkbox, Input, Select, TextArea } from '@/ui/input.tsx';
import { isNumeric } from './field-messages.tsx';
import { useProblems, useScheduleForm } from './form-context.tsx';
import { fieldId, textIds } from './form-place.ts';

type Props = {
  field: Setting;
  path: string;
  label?: string;
  /** The id of the text that says what it is for, where that is not its own. */
  about?: string;
};

/** The control for one scalar of the contract: a number with its unit, a text, a switch or a choice. */
export function SettingControl({ field, path, label, about }: Props) {
  const { readOnly } = useScheduleForm();
  const { field: input } = useController({ name: path });
  const invalid = useProblems(path).length > 0;
  const ids = textIds(path);
  const shared = {
    id: fieldId(path),
    disabled: readOnly,
    name: input.name,
    ref: input.ref,
    onBlur: input.onBlur,
    'aria-describedby': [about ?? `${ids.about} ${ids.facts}`, isNumeric(field) && ids.understood, ids.problem].filter(Boolean).join(' '),
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
  return (
    <span className="flex items-center gap-2">
      <Input
        {...shared}
        value={text}
        onChange={change}
        inputMode={field.kind === 'int' && !field.list ? 'numeric' : field.kind === 'float' ? 'decimal' : undefined}
        autoComplete="off"
        placeholder={field.list ? 'separated by commas' : field.required ? '' : 'not set'}
        className={isNumeric(field) && !field.list ? 'max-w-28 text-right' : ''}
      />
      {field.range?.unit ? <span className="text-xs text-muted">{field.range.unit}</span> : null}
    </span>
  );
}
