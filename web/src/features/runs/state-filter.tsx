'use client';

import { ToggleGroup } from 'radix-ui';
import type { RunState } from '@/generated/graphql.ts';
import { StateGlyph, stateNames } from '@/ui/run-state.tsx';

const states = Object.keys(stateNames) as RunState[];

/** Any of the states; none chosen means all. */
export function StateFilter({ chosen, onChange }: { chosen: readonly RunState[]; onChange: (states: RunState[]) => void }) {
  return (
    <ToggleGroup.Root
      type="multiple"
      aria-label="States"
      value={[...chosen]}
      onValueChange={(next) => onChange(states.filter((state) => next.includes(state)))}
      className="inline-flex min-h-8 max-w-full flex-wrap rounded-[3px] border border-control bg-raised p-0.5"
    >
      {states.map((state) => (
        <ToggleGroup.Item
          key={state}
          value={state}
          className="inline-flex min-h-6.5 items-center gap-1 rounded-[2px] px-1.5 text-[0.8125rem] whitespace-nowrap text-muted hover:text-ink data-[state=on]:bg-accent-soft data-[state=on]:text-ink"
        >
          <StateGlyph state={state} />
          {stateNames[state]}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
