'use client';

import type { Setting } from '@studyhall/contract/settings/settings.ts';
import { RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { settingLabel } from '@/lib/contract/labels.ts';
import { describeRange } from '@/lib/contract/range.ts';
import { cx } from '@/ui/cx.ts';
import { FieldMessages } from './field-messages.tsx';
import { fieldId, textIds } from './form-place.ts';
import { Prose } from './prose.tsx';

type Props = {
  field: Setting;
  path: string;
  children: ReactNode;
  changed?: boolean;
  onReset?: (() => void) | undefined;
  /** It holds settings of its own, and fills the row's width under its words. */
  group?: boolean;
  deepProblems?: boolean;
  /** Whether to say how a number was understood; a control may do that itself. */
  understood?: boolean;
};

/** One setting: its name and what it does, its control, its default and bounds, and what is wrong with it. */
export function SettingRow({
  field,
  path,
  children,
  changed = false,
  onReset,
  group = false,
  deepProblems = false,
  understood = true,
}: Props) {
  const id = fieldId(path);
  const ids = textIds(path);
  const Name = group ? 'span' : 'label';
  const facts = [defaultText(field), describeRange(field.range)].filter(Boolean).join(' · ');
  return (
    <div
      {...(group ? { id, role: 'group', 'aria-labelledby': `${id}-name`, 'aria-describedby': `${ids.about} ${ids.problem}` } : {})}
      className={cx('grid gap-x-6 gap-y-1.5 border-b border-line py-2.5', group ? '' : 'sm:grid-cols-[minmax(0,1fr)_15rem]')}
    >
      <div className="min-w-0">
        <Name {...(group ? { id: `${id}-name` } : { htmlFor: id })} className="inline-flex items-center gap-2 text-[0.8125rem] font-medium">
          {settingLabel(field.name)}
          {changed ? <span title="Changed from its default" className="size-1.5 rounded-full bg-accent" /> : null}
        </Name>
        <p id={ids.about} className="max-w-[64ch] text-xs text-muted">
          <Prose text={field.description} />
        </p>
      </div>
      <div className="min-w-0">
        {children}
        <p className="mt-0.5 flex min-h-4 items-center gap-2 text-2xs text-faint">
          <span id={ids.facts}>{facts}</span>
          {changed && onReset ? (
            <button
              type="button"
              onClick={() => {
                onReset();
                // This button goes by it.
                document.getElementById(id)?.focus();
              }}
              className="inline-flex items-center gap-1 text-muted hover:text-ink"
              aria-label={`Reset ${settingLabel(field.name)} to its default`}
            >
              <RotateCcw aria-hidden className="size-2.5" /> reset
            </button>
          ) : null}
        </p>
        <FieldMessages field={field} path={path} deep={deepProblems} understood={understood} />
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
