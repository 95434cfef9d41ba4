'use client';

import { settings } from '@studyhall/contract/settings/contract.ts';
import type { ComponentType } from 'react';
import { useController } from 'react-hook-form';
import { fieldDraft } from '@/lib/contract/draft.ts';
import { DatasetPicker } from './dataset-picker.tsx';
import { EnginePicker } from './engine-picker.tsx';
import { ExperimentPicker } from './experiment-picker.tsx';
import type { FieldProps } from './field-props.ts';
import { GroupPicker } from './group-picker.tsx';
import { ModelInput } from './model-input.tsx';
import { NestedSetting } from './nested-setting.tsx';
import { SettingControl } from './setting-control.tsx';
import { SettingRow } from './setting-row.tsx';
import type { SlotProps } from './setting-slot.tsx';
import { TagsField } from './tags-field.tsx';
import { ViewPicker } from './view-picker.tsx';

/** Controls made by hand, by type and field; every other setting gets the control of its kind. */
const crafted: Record<string, ComponentType<FieldProps>> = {
  'RunSpecInput.dataset': DatasetPicker,
  'ExecutionInput.engine': EnginePicker,
  'NetworkInput.model': ModelInput,
  'NetworkInput.view': ViewPicker,
  'ScheduleRunsInput.experimentId': ExperimentPicker,
  'ScheduleRunsInput.reference': GroupPicker,
  'ScheduleRunsInput.tags': TagsField,
};

/** One setting of the contract, whatever its kind. */
export function SettingField({ owner, field, path }: SlotProps) {
  if (field.kind === 'input') return <NestedSetting field={field} path={path} />;
  return <ScalarSetting field={field} path={path} control={crafted[`${owner}.${field.name}`] ?? SettingControl} />;
}

function ScalarSetting({ field, path, control: Control }: FieldProps & { control: ComponentType<FieldProps> }) {
  const { field: input } = useController({ name: path });
  const initial = fieldDraft(settings, field, undefined);
  const changed = !field.required && input.value !== undefined && input.value !== initial;
  return (
    <SettingRow field={field} path={path} changed={changed} onReset={() => input.onChange(initial)}>
      <Control field={field} path={path} />
    </SettingRow>
  );
}
