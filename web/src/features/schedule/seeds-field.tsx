'use client';

import { useController } from 'react-hook-form';
import { settings } from '@/generated/settings.ts';
import { inputType } from '@/lib/contract/draft.ts';
import { Input } from '@/ui/input.tsx';
import { fieldId, useProblems, useScheduleForm } from './form-context.tsx';
import { parseSeeds } from './seeds.ts';
import { SettingRow } from './setting-row.tsx';

const path = 'seeds';
const field = inputType(settings, 'ScheduleRunsInput').fields.find((candidate) => candidate.name === path);

/** Seeds as a list or ranges, shown one by one as they are understood. */
export function SeedsField() {
  const { readOnly } = useScheduleForm();
  const { field: input } = useController({ name: path });
  const invalid = useProblems(path).length > 0;
  const text = typeof input.value === 'string' ? input.value : '';
  const { seeds } = parseSeeds(text);
  if (!field) return null;
  const shown = seeds.slice(0, 24);
  return (
    <SettingRow field={field} path={path}>
      <Input
        id={fieldId(path)}
        ref={input.ref}
        disabled={readOnly}
        value={text}
        onBlur={input.onBlur}
        onChange={input.onChange}
        aria-invalid={invalid || undefined}
        aria-describedby={`${fieldId(path)}-about ${fieldId(path)}-problem`}
        autoComplete="off"
        placeholder="1-3"
      />
      <ul aria-label="Seeds understood" className="mt-1.5 flex flex-wrap gap-1">
        {shown.map((seed) => (
          <li key={seed} className="rounded-[2px] bg-accent-soft px-1.5 text-xs">
            {seed}
          </li>
        ))}
        {seeds.length > shown.length ? <li className="px-1 text-xs text-muted">and {seeds.length - shown.length} more</li> : null}
      </ul>
    </SettingRow>
  );
}
