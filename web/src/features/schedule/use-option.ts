'use client';

import { useRef } from 'react';
import { settings } from '@/generated/settings.ts';
import { type Draft, inputType, optionDraft } from '@/lib/contract/draft.ts';

/** Which option of a `@oneOf` a draft holds, and a way to change it that remembers what was set under the others. */
export function useOption(type: string, value: unknown, onChange: (draft: Draft) => void) {
  const remembered = useRef<Draft>({});
  const draft = (typeof value === 'object' && value !== null ? value : {}) as Draft;
  const chosen = Object.keys(draft)[0] ?? inputType(settings, type).fields[0]?.name ?? '';
  const choose = (option: string) => {
    if (option === chosen) return;
    Object.assign(remembered.current, draft);
    const before = remembered.current[option];
    onChange(before === undefined ? optionDraft(settings, type, option) : { [option]: before });
  };
  return { chosen, choose };
}
