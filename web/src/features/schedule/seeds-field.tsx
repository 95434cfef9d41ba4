'use client';

import { settings } from '@studyhall/contract/settings/contract.ts';
import { inputType } from '@studyhall/contract/settings/settings.ts';
import { useController } from 'react-hook-form';
import { cx } from '@/ui/cx.ts';
import { Input } from '@/ui/input.tsx';
import { useProblems, useScheduleForm } from './form-context.tsx';
import { fieldId, textIds } from './form-place.ts';
import { nextFreeSeeds, repeatedSeeds, writeSeeds } from './free-seeds.ts';
import { parseSeeds } from './seeds.ts';
import { SettingRow } from './setting-row.tsx';

const path = 'seeds';
const field = inputType(settings, 'ScheduleRunsInput').fields.find((candidate) => candidate.name === path);

/** Seeds as a list or ranges, shown one by one as they are understood. */
export function SeedsField() {
  const { readOnly, separators, scheduledSeeds } = useScheduleForm();
  const { field: input } = useController({ name: path });
  const invalid = useProblems(path).length > 0;
  const text = typeof input.value === 'string' ? input.value : '';
  const { seeds } = parseSeeds(text, separators);
  const ids = textIds(path);
  const repeated = repeatedSeeds(seeds, scheduledSeeds);
  const free = repeated.length > 0 ? writeSeeds(nextFreeSeeds(seeds, scheduledSeeds)) : '';
  if (!field) return null;
  return (
    <SettingRow field={field} path={path} understood={false}>
      <Input
        id={fieldId(path)}
        ref={input.ref}
        disabled={readOnly}
        value={text}
        onBlur={input.onBlur}
        onChange={input.onChange}
        aria-invalid={invalid || undefined}
        aria-describedby={`${ids.about} ${ids.understood} ${ids.problem}`}
        autoComplete="off"
        placeholder="1-3"
      />
      <ul id={ids.understood} aria-label="Seeds understood" className="mt-1.5 flex flex-wrap gap-1">
        {seeds.map((seed) => (
          <li
            key={seed}
            title={repeated.includes(seed) ? 'There is a run of this seed already' : undefined}
            className={cx('rounded-[2px] px-1.5 text-xs', repeated.includes(seed) ? 'bg-sunken text-warn line-through' : 'bg-accent-soft')}
          >
            {seed}
          </li>
        ))}
      </ul>
      {free && !readOnly ? (
        <p className="mt-1.5 text-xs text-warn">
          {repeated.length === 1 ? 'Seed' : 'Seeds'} {writeSeeds(repeated, '–')} {repeated.length === 1 ? 'has' : 'have'} a run already.{' '}
          <button
            type="button"
            onClick={() => {
              input.onChange(free);
              document.getElementById(fieldId(path))?.focus();
            }}
            className="link"
          >
            Take the next free: {free}
          </button>
        </p>
      ) : null}
    </SettingRow>
  );
}
