'use client';

import { useSuspenseQuery } from '@apollo/client/react';
import { useDeferredValue, useMemo } from 'react';
import { unmask } from '@/generated/fragment-masking.ts';
import {
  type DeckGroupFieldsFragment,
  DeckGroupFieldsFragmentDoc,
  DeckPresetStateFragmentDoc,
  DeckSystemDocument,
} from '@/generated/graphql.ts';
import { withRunFigures } from './run-figures.ts';
import { type ScaleName, systemVariables } from './scale.ts';
import { useDeckChanges } from './use-deck-changes.ts';

/** A group of a preset, as its page shows it. */
export type Group = ReturnType<typeof withRunFigures<DeckGroupFieldsFragment>>;

/** A system and its preset at one scale, asked for again when one of its runs changes its state. While another scale loads, the one in sight stays. */
export function useSystem(slug: string, scale: ScaleName) {
  const settled = useDeferredValue(scale);
  const variables = useMemo(() => systemVariables(slug, { scale: settled }), [slug, settled]);
  const { data, client } = useSuspenseQuery(DeckSystemDocument, { variables });
  const refresh = () => void client.query({ query: DeckSystemDocument, variables, fetchPolicy: 'network-only' }).catch(() => {});
  const system = data.deckSystem;
  const groups = (system?.preset.groups ?? []).map((group) => withRunFigures(unmask(DeckGroupFieldsFragmentDoc, group)));
  useDeckChanges({ groups: new Set(groups.flatMap(({ groupKey }) => groupKey ?? [])), onState: refresh });
  if (!system) return null;
  const presets = system.presets.map((preset) => unmask(DeckPresetStateFragmentDoc, preset));
  const chosen = presets.find((preset) => preset.scale === variables.scale);
  if (!chosen) return null;
  return { system, others: data.deckSystems, presets, chosen, preset: system.preset, groups, refresh };
}
