'use client';

import { RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { settingLabel } from '@/lib/contract/labels.ts';
import { describeRange } from '@/lib/contract/range.ts';
import type { Setting } from '@/lib/contract/settings.ts';
import { cx } from '@/ui/cx.ts';
import { fieldId, useProblems } from './form-context.tsx';
import { ProblemText } from './problem-text.tsx';
import { Prose } from './prose.tsx';

type Props = {
  field: Setting;
  path: string;
  children: ReactNode;
  changed?: boolean;
  onReset?: (() => void) | undefined;
  /** The control fills the row's width, under its words. */
  wide?: boolean;
  deepProblems?: boolean;
};

/** One setting: its name and what it does, its control, its default and bounds, and what is wrong with it. */
export function SettingRow({ field, path, children, changed = false, onReset, wide = false, deepProblems = false }: Props) {
  const problems = useProblems(path, deepProblems);
  const id = fieldId(path);
  const facts = [defaultText(field), describeRange(field.range)].filter(Boolean).join(' · ');
  return (
    <div className={cx('grid gap-x-6 gap-y-1.5 border-b border-line py-2.5', wide ? '' : 'sm:grid-cols-[minmax(0,1fr)_15rem]')}>
      <div className="min-w-0">
        <label htmlFor={id} className="inline-flex items-center gap-2 text-[0.8125rem] font-medium">
          {settingLabel(field.name)}
          {changed ? <span title="Changed from its default" className="size-1.5 rounded-full bg-accent" /> : null}
        </label>
        <p id={`${id}-about`} className="max-w-[64ch] text-xs text-muted">
          <Prose text={field.description} />
        </p>
      </div>
      <div className="min-w-0">
        {children}
        <p className="mt-0.5 flex min-h-4 items-center gap-2 text-2xs text-faint">
          {facts}
          {changed && onReset ? (
            <button
              type="button"
              onClick={onReset}
              className="inline-flex items-center gap-1 text-muted hover:text-ink"
              aria-label={`Reset ${settingLabel(field.name)} to its default`}
            >
              <RotateCcw aria-hidden className="size-2.5" /> reset
            </button>
          ) : null}
        </p>
        <ProblemText id={`${id}-problem`} problems={problems} />
      </div>
    </div>
  );
}

function defaultText(field: Setting): string {
  const value = field.default;
  if (value === undefined) return field.required ? '' : 'optional';
  if (value === '' || (Array.isArray(value) && value.length === 0)) return 'default: none';
  if (typeof value === 'boolean') return `default: ${value ? 'on' : 'off'}`;
  if (typeof value === 'object') return '';
  return `default: ${field.kind === 'enum' ? settingLabel(String(value)).toLowerCase() : value}`;
}
