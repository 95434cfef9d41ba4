'use client';

import { DeckRunsChangedDocument, DeckSystemsDocument } from '@/generated/graphql.ts';
import { useLiveQuery } from '@/lib/live/use-live-query.ts';
import { GalleryCard } from './gallery-card.tsx';
import { useDeckChanges } from './use-deck-changes.ts';

/** A card per system, in the deck's order; what our runs say follows them. */
export function Gallery() {
  const changes = useDeckChanges();
  const { data } = useLiveQuery(DeckSystemsDocument, {}, DeckRunsChangedDocument, () => changes());
  return (
    <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
      {data.deckSystems.map((system) => (
        <GalleryCard key={system.id} system={system} />
      ))}
    </ul>
  );
}
