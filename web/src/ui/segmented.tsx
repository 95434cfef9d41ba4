'use client';

import { ToggleGroup } from 'radix-ui';
import { cx } from './cx.ts';

type Option<Value extends string> = { value: Value; label: string };

type Props<Value extends string> = {
  label: string;
  value: Value;
  options: readonly Option<Value>[];
  onChange: (value: Value) => void;
  className?: string;
  /** The ids of texts that say more about it. */
  describedBy?: string;
};

/** One of a few, all in sight; arrow keys move between them. */
export function Segmented<Value extends string>({ label, value, options, onChange, className, describedBy }: Props<Value>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      aria-describedby={describedBy}
      value={value}
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen) onChange(chosen.value);
      }}
      className={cx('inline-flex min-h-8 max-w-full flex-wrap rounded-[3px] border border-control bg-raised p-0.5', className)}
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          className="min-h-[1.625rem] rounded-[2px] px-2 text-[0.8125rem] whitespace-nowrap text-muted hover:text-ink data-[state=on]:bg-accent-soft data-[state=on]:font-medium data-[state=on]:text-ink"
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
