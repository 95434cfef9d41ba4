'use client';

import { settings } from '@studyhall/contract/settings/contract.ts';
import { inputType } from '@studyhall/contract/settings/settings.ts';
import { Plus, X } from 'lucide-react';
import { flushSync } from 'react-dom';
import { useFieldArray } from 'react-hook-form';
import { draftOf } from '@/lib/contract/draft.ts';
import { settingLabel } from '@/lib/contract/labels.ts';
import { Button, IconButton } from '@/ui/button.tsx';
import type { FieldProps } from './field-props.ts';
import { focusItem } from './focus-setting.ts';
import { useScheduleForm } from './form-context.tsx';
import { fieldId } from './form-place.ts';
import { OptionGroup } from './option-group.tsx';
import { SettingGroup } from './setting-group.tsx';
import { SettingRow } from './setting-row.tsx';
import { TeacherPicker } from './teacher-picker.tsx';

/** A list of groups of settings, with a way to add and remove. */
export function InputList({ field, path }: FieldProps) {
  const { readOnly } = useScheduleForm();
  const list = useFieldArray({ name: path });
  const one = settingLabel(field.name).toLowerCase().replace(/s$/, '');
  return (
    <SettingRow field={field} path={path} group>
      <ol className="space-y-2">
        {list.fields.map((item, index) => (
          <li key={item.id} id={fieldId(`${path}.${index}`)} className="flex gap-2 border-l border-line pl-4">
            <div className="min-w-0 flex-1">
              <ItemSettings type={field.type} path={`${path}.${index}`} />
            </div>
            <IconButton
              label={`Remove ${one} ${index + 1}`}
              disabled={readOnly || (field.required && list.fields.length === 1)}
              onClick={() => {
                flushSync(() => list.remove(index));
                focusItem(path, Math.min(index, list.fields.length - 2), 'Remove');
              }}
            >
              <X aria-hidden className="size-4" />
            </IconButton>
          </li>
        ))}
      </ol>
      <Button
        small
        className="mt-2"
        disabled={readOnly}
        onClick={() => {
          flushSync(() => list.append(draftOf(settings, field.type), { shouldFocus: false }));
          focusItem(path, list.fields.length);
        }}
      >
        <Plus aria-hidden className="size-3.5" /> Add {one}
      </Button>
    </SettingRow>
  );
}

function ItemSettings({ type, path }: { type: string; path: string }) {
  if (type === 'TeacherInput') return <TeacherPicker path={path} />;
  return inputType(settings, type).oneOf ? <OptionGroup type={type} path={path} /> : <SettingGroup type={type} path={path} />;
}
