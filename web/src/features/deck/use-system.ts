'use client';

import { useDeferredValue, useMemo } from 'react';
import { unmask } from '@/generated/fragment-masking.ts';
import {
  type DeckGroupFieldsFragment,
  DeckGroupFieldsFragmentDoc,
  DeckPresetStateFragmentDoc,
  DeckRunsChangedDocument,
  DeckSystemDocument,
  type DeckSystemQuery,
} from '@/generated/graphql.ts';
import { useLiveQuery } from '@/lib/live/use-live-query.ts';
import { withRunFigures } from './run-figures.ts';
import { type ScaleName, systemVariables } from './scale.ts';
import { keysOf, useDeckChanges } from './use-deck-changes.ts';

/** A group of a preset, as its page shows it. */
export type Group = ReturnType<typeof withRunFigures<DeckGroupFieldsFragment>>;

/** A system and its preset at one scale, asked for again when one of its runs changes its state. While another scale loads, the one in sight stays. */
export function useSystem(slug: string, scale: ScaleName) {
  const settled = useDeferredValue(scale);
  const variables = useMemo(() => systemVariables(slug, { scale: settled }), [slug, settled]);
  const changes = useDeckChanges();
  const groupsOf = (data: DeckSystemQuery) =>
    (data.deckSystem?.preset.groups ?? []).map((group) => unmask(DeckGroupFieldsFragmentDoc, group));
  const { data, read } = useLiveQuery(DeckSystemDocument, variables, DeckRunsChangedDocument, (known) => changes(keysOf(groupsOf(known))));
  const system = data.deckSystem;
  const groups = groupsOf(data).map((group) => withRunFigures(group));
  if (!system) return null;
  const presets = system.presets.map((preset) => unmask(DeckPresetStateFragmentDoc, preset));
  const chosen = presets.find((preset) => preset.scale === variables.scale);
  if (!chosen) return null;
  return { system, others: data.deckSystems, presets, chosen, preset: system.preset, groups, read };
}
