'use client';

import { settings } from '@studyhall/contract/settings/contract.ts';
import { inputType } from '@studyhall/contract/settings/settings.ts';
import { useController } from 'react-hook-form';
import { draftOf } from '@/lib/contract/draft.ts';
import { settingLabel } from '@/lib/contract/labels.ts';
import { Checkbox } from '@/ui/input.tsx';
import type { FieldProps } from './field-props.ts';
import { useScheduleForm } from './form-context.tsx';
import { InputList } from './input-list.tsx';
import { OptionGroup } from './option-group.tsx';
import { SettingGroup } from './setting-group.tsx';
import { SettingRow } from './setting-row.tsx';
import { TeacherPicker } from './teacher-picker.tsx';

/** A setting that holds settings: a group, one of several, a list, or one that may be left out. */
export function NestedSetting({ field, path }: FieldProps) {
  const { readOnly } = useScheduleForm();
  const { field: input } = useController({ name: path });
  if (field.list) return <InputList field={field} path={path} />;
  const optional = !field.required && field.default === undefined;
  const present = input.value !== null && input.value !== undefined;
  const type = inputType(settings, field.type);
  return (
    <SettingRow field={field} path={path} group>
      {optional ? (
        <Checkbox
          disabled={readOnly}
          checked={present}
          // Wrapped: a group with a setting named `target` would be taken for an event.
          onChange={(event) => input.onChange({ target: { value: event.target.checked ? draftOf(settings, field.type) : null } })}
        >
          Use {settingLabel(field.name).toLowerCase()}
        </Checkbox>
      ) : null}
      {present && type.name === 'TeacherInput' ? <TeacherPicker path={path} /> : null}
      {present && type.name !== 'TeacherInput' ? (
        <div className={type.oneOf ? '' : 'border-l border-line pl-4 [&>div:last-child]:border-0'}>
          {type.oneOf ? <OptionGroup type={field.type} path={path} /> : <SettingGroup type={field.type} path={path} />}
        </div>
      ) : null}
    </SettingRow>
  );
}
