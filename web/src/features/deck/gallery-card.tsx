import Link from 'next/link';
import { unmask } from '@/generated/fragment-masking.ts';
import { type DeckPresetStateFragment, DeckPresetStateFragmentDoc, type DeckSystemsQuery } from '@/generated/graphql.ts';
import { paths } from '@/lib/paths.ts';
import { StateGlyph } from '@/ui/run-state.tsx';
import { SetUpFigure } from './figures/set-up-figure.tsx';
import { scaleNames } from './scale.ts';
import { type Standing, standingOf } from './standing.ts';
import { VerdictGlyph } from './verdict-mark.tsx';

/** One system: its number, its set-up, its claim, and where our runs of it stand at each scale. */
export function GalleryCard({ system }: { system: DeckSystemsQuery['deckSystems'][number] }) {
  return (
    <li className="relative flex flex-col rounded-[4px] border border-line bg-raised hover:border-line-strong">
      <div className="border-b border-line bg-paper px-4 py-3">
        <div className="mx-auto max-w-[22rem]">
          <SetUpFigure figure={system.figure} />
        </div>
      </div>
      <div className="flex flex-1 flex-col gap-1.5 p-4">
        <h2 className="flex items-baseline gap-2.5 text-[0.9375rem] font-semibold">
          <span className="w-5 text-right font-normal text-faint">{system.row}</span>
          <Link href={paths.system(system.slug)} className="after:absolute after:inset-0 hover:text-accent">
            {system.title}
          </Link>
        </h2>
        <p className="mb-2 line-clamp-2 pl-[1.875rem] text-[0.8125rem] text-muted" title={system.claim}>
          {system.claim}
        </p>
        <ul className="mt-auto space-y-1 pl-[1.875rem] text-xs">
          {system.presets.map((masked) => {
            const preset = unmask(DeckPresetStateFragmentDoc, masked);
            return <ScaleLine key={preset.id} preset={preset} />;
          })}
        </ul>
      </div>
    </li>
  );
}

function ScaleLine({ preset }: { preset: DeckPresetStateFragment }) {
  const standing = standingOf(preset);
  return (
    <li className="flex items-center gap-3">
      <span className="w-10 text-muted">{scaleNames[preset.scale].name}</span>
      <StandingWords standing={standing} counts={preset.counts} />
    </li>
  );
}

function StandingWords({ standing, counts }: { standing: Standing; counts: DeckPresetStateFragment['counts'] }) {
  if (standing.kind === 'none') return <span className="text-faint">no runs yet</span>;
  if (standing.kind === 'under way') {
    return (
      <span className="inline-flex items-center gap-1.5">
        {counts.running > 0 ? <StateGlyph state="RUNNING" /> : counts.queued + counts.blocked > 0 ? <StateGlyph state="QUEUED" /> : null}
        {standing.succeeded} of {standing.of} runs done
      </span>
    );
  }
  return (
    <span className="inline-flex items-center gap-2">
      <VerdictGlyph verdict={standing.verdict} />
      {standing.words}
    </span>
  );
}
