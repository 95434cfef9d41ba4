'use client';

import { useSuspenseQuery } from '@apollo/client/react';
import { DeckSystemsDocument } from '@/generated/graphql.ts';
import { GalleryCard } from './gallery-card.tsx';
import { useDeckChanges } from './use-deck-changes.ts';

/** A card per system, in the deck's order; what our runs say follows them. */
export function Gallery() {
  const { data, client } = useSuspenseQuery(DeckSystemsDocument);
  // Through the client: the hook's own refetch would put the skeleton in place of the cards meanwhile.
  useDeckChanges({ onState: () => void client.query({ query: DeckSystemsDocument, fetchPolicy: 'network-only' }).catch(() => {}) });
  return (
    <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
      {data.deckSystems.map((system) => (
        <GalleryCard key={system.id} system={system} />
      ))}
    </ul>
  );
}
