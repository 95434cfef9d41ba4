'use client';

import { settings } from '@studyhall/contract/settings/contract.ts';
import { inputType } from '@studyhall/contract/settings/settings.ts';
import { useRef } from 'react';
import { useController, useFormContext } from 'react-hook-form';
import { type Draft, optionDraft } from '@/lib/contract/draft.ts';

/** Which option of a `@oneOf` the form holds at a path, and a way to change it that remembers what was set under the others. */
export function useOption(type: string, path: string) {
  const { getValues } = useFormContext();
  const { field: input } = useController({ name: path });
  const remembered = useRef<Draft>({});
  const chosen = Object.keys(asDraft(input.value))[0] ?? inputType(settings, type).fields[0]?.name ?? '';
  const choose = (option: string) => {
    if (option === chosen) return;
    // Asked of the form: a change deep within does not render this again.
    Object.assign(remembered.current, structuredClone(asDraft(getValues(path))));
    const before = remembered.current[option];
    input.onChange(before === undefined ? optionDraft(settings, type, option) : { [option]: before });
  };
  return { chosen, choose };
}

function asDraft(value: unknown): Draft {
  return typeof value === 'object' && value !== null ? (value as Draft) : {};
}
