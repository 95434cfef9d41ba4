'use client';

import { RadioGroup } from 'radix-ui';
import type { DeckPresetStateFragment, DeckScale } from '@/generated/graphql.ts';
import { wholeNumber } from '@/lib/format/number.ts';
import { scaleNames } from './scale.ts';
import { standingOf } from './standing.ts';
import { VerdictGlyph } from './verdict-mark.tsx';

type Props = { presets: readonly DeckPresetStateFragment[]; chosen: DeckScale; onChange: (scale: DeckScale) => void };

/** The three scales, each with what it takes and where it stands; one is in sight. */
export function ScaleCards({ presets, chosen, onChange }: Props) {
  return (
    <RadioGroup.Root
      aria-label="Scale"
      value={chosen}
      onValueChange={(next) => onChange(next as DeckScale)}
      className="mt-4 grid gap-2 md:grid-cols-3"
    >
      {presets.map((preset) => (
        <RadioGroup.Item
          key={preset.id}
          value={preset.scale}
          className="grid content-start gap-y-0.5 rounded-[4px] border border-line bg-raised px-3 py-2.5 text-left hover:border-muted data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft"
        >
          <span className="flex items-center justify-between gap-3">
            <span className="font-medium">{scaleNames[preset.scale].name}</span>
            <StandingLine preset={preset} />
          </span>
          <span className="text-xs text-muted">
            {preset.dataset}, {wholeNumber(preset.runCount)} runs: {scaleNames[preset.scale].about}
          </span>
          <span className="text-xs text-muted">{preset.duration}</span>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}

function StandingLine({ preset }: { preset: DeckPresetStateFragment }) {
  const standing = standingOf(preset);
  if (standing.kind === 'none')
    return (
      <span className="text-xs text-muted" title={preset.problem ?? undefined}>
        {preset.problem ? 'not possible here yet' : 'no runs yet'}
      </span>
    );
  if (standing.kind === 'under way')
    return (
      <span className="text-xs">
        {standing.succeeded} of {standing.of} runs done
      </span>
    );
  return (
    <span className="inline-flex items-center gap-2 text-xs">
      <VerdictGlyph verdict={standing.verdict} />
      {standing.words}
    </span>
  );
}
