import type { DeckSystemQuery } from '@/generated/graphql.ts';

/** What a preset's plot shows. */
export type PlotSettings = NonNullable<DeckSystemQuery['deckSystem']>['preset']['plot'];
