import type { DeckSystemQuery } from '@/generated/graphql.ts';
import { Formula } from '@/ui/formula.tsx';
import { SetUpFigure } from './figures/set-up-figure.tsx';

type System = NonNullable<DeckSystemQuery['deckSystem']>;

/** The slide's claim, kept apart from what it is, its formula and its drawing. */
export function ClaimAndSetUp({ system }: { system: System }) {
  return (
    <div className="grid gap-x-12 gap-y-6 lg:grid-cols-[minmax(0,1fr)_30rem]">
      <div className="min-w-0">
        <figure className="border-l-2 border-accent pl-4">
          <blockquote className="max-w-[62ch] text-[1.0625rem] leading-7 italic">{system.claim}</blockquote>
          <figcaption className="mt-1 text-xs text-muted">What the slide claims, in our words: “KD &amp; Mutual”, Arvin Liu</figcaption>
        </figure>
        <h2 className="mt-6 text-xs text-muted">What it is, exactly</h2>
        <p className="mt-1 max-w-[72ch]">{system.summary}</p>
        <section aria-label="Formula" className="mt-4 border-y border-line bg-sunken px-4 py-3">
          <Formula tex={system.formula} />
        </section>
      </div>
      <div className="flex min-w-0 items-center justify-center self-start rounded-[4px] border border-line bg-raised p-3 sm:p-5">
        <SetUpFigure figure={system.figure} />
      </div>
    </div>
  );
}
