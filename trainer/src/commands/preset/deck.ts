import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../../cli.ts';

/** The deck as the API prints it: what is here of it is what training needs. */
export type Deck = { readonly systems: readonly { readonly slug: string; readonly title: string; readonly presets: readonly Preset[] }[] };

export type Preset = {
  readonly scale: string;
  readonly dataset: string;
  readonly duration: string;
  readonly groups: readonly Group[];
  readonly contrasts: readonly Contrast[];
};

/** Runs that differ by seed alone. A group that teaches another stands before it. */
export type Group = { readonly key: string; readonly title: string; readonly spec: unknown; readonly seeds: readonly number[] };

/** A network of a group, or (null) its ensemble. */
export type Side = { readonly group: string; readonly network: number | null; readonly name: string };

export type Contrast = { readonly of: Side; readonly against: Side; readonly metric: string; readonly expected: 'MORE' | 'LESS' | null };

const DECK = fileURLToPath(new URL('../../../../contract/deck.json', import.meta.url));

export const readDeck = (): Deck => JSON.parse(readFileSync(DECK, 'utf8')) as Deck;

/** Names of the presets, in the deck's order. */
export const presetNames = ({ systems }: Deck = readDeck()): string[] => systems.map(({ slug }) => slug);

/**
 * A system's preset at a scale, written in any case.
 *
 * @throws UsageError naming those there are.
 */
export const findPreset = (name: string, scale: string, deck: Deck = readDeck()): Preset => {
  const system = deck.systems.find(({ slug }) => slug === name);
  if (system === undefined) throw new UsageError(`there is no preset "${name}"; there are: ${presetNames(deck).join(', ')}`);
  const preset = system.presets.find((candidate) => candidate.scale.toLowerCase() === scale.toLowerCase());
  if (preset !== undefined) return preset;
  throw new UsageError(
    `--scale is "${scale}"; ${name} has: ${system.presets.map((candidate) => candidate.scale.toLowerCase()).join(', ')}`,
  );
};
