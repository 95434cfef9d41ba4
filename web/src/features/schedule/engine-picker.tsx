'use client';

import { autoEngine, howToOffer } from '@studyhall/contract/fleet/engines.ts';
import { settings } from '@studyhall/contract/settings/contract.ts';
import { useController } from 'react-hook-form';
import { settingLabel } from '@/lib/contract/labels.ts';
import { Select } from '@/ui/input.tsx';
import type { FieldProps } from './field-props.ts';
import { useProblems, useScheduleForm } from './form-context.tsx';
import { fieldId, textIds } from './form-place.ts';

/** An engine, with whether a trainer that is there offers it, and else how a trainer comes to it. */
export function EnginePicker({ field, path }: FieldProps) {
  const { readOnly, choices } = useScheduleForm();
  const { field: input } = useController({ name: path });
  const invalid = useProblems(path).length > 0;
  const ids = textIds(path);
  const values = settings.enums[field.type]?.values ?? [];
  const value = String(input.value ?? '');
  const online = choices.trainers.filter(({ state }) => state === 'ONLINE');
  const offering = (choice: string) => online.filter(({ engines }) => offers(engines, choice)).length;
  return (
    <>
      <Select
        id={fieldId(path)}
        name={input.name}
        ref={input.ref}
        onBlur={input.onBlur}
        onChange={input.onChange}
        value={value}
        disabled={readOnly}
        aria-describedby={`${ids.about} ${ids.facts} ${ids.problem}`}
        aria-invalid={invalid || undefined}
        className="w-full"
      >
        {values.map(({ name }) => (
          <option key={name} value={name}>
            {settingLabel(name)}
            {name === 'AUTO' || online.length === 0 || offering(name) > 0 ? '' : ' (no trainer)'}
          </option>
        ))}
      </Select>
      <p className="mt-1 text-xs text-muted">
        {values.find(({ name }) => name === value)?.description} {availability(value, online.length, offering(value))}
      </p>
    </>
  );
}

const engineOf = (choice: string) => choice.toLowerCase().replaceAll('_', '-');

const offers = (engines: readonly string[], choice: string) =>
  choice === 'AUTO' ? autoEngine(engines) !== undefined : engines.includes(engineOf(choice));

function availability(choice: string, online: number, offering: number): string {
  if (offering > 0) return choice === 'AUTO' ? '' : `On ${offering} trainer${offering === 1 ? '' : 's'} now.`;
  if (online === 0) return 'No trainer is online: runs will wait.';
  return `No trainer that is online offers it: runs will wait. ${howToOffer(engineOf(choice)) ?? ''}.`;
}
