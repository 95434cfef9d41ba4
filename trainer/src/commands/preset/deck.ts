import type * as deck from '@studyhall/contract/deck/system.ts';
import { systemBySlug, systems } from '@studyhall/contract/deck/systems.ts';
import { UsageError } from '../../cli.ts';

/** What of the deck's presets training needs. */
export type Preset = Pick<deck.Preset, 'scale' | 'dataset' | 'duration'> & {
  readonly groups: readonly Group[];
  readonly contrasts: readonly Contrast[];
};

/** Runs that differ by seed alone. A group that teaches another stands before it. */
export type Group = Pick<deck.Group, 'key' | 'title' | 'seeds'> & { readonly spec: unknown };

export type Side = deck.Side;
export type Contrast = Pick<deck.Contrast, 'of' | 'against'> & { readonly metric: string };

/** Names of the presets, in the deck's order. */
export const presetNames = (): string[] => systems.map(({ slug }) => slug);

/**
 * A system's preset at a scale, written in any case.
 *
 * @throws UsageError naming those there are.
 */
export const findPreset = (name: string, scale: string): Preset => {
  const system = systemBySlug(name);
  if (system === undefined) throw new UsageError(`there is no preset "${name}"; there are: ${presetNames().join(', ')}`);
  const preset = system.presets.find((candidate) => candidate.scale.toLowerCase() === scale.toLowerCase());
  if (preset !== undefined) return preset;
  throw new UsageError(
    `--scale is "${scale}"; ${name} has: ${system.presets.map((candidate) => candidate.scale.toLowerCase()).join(', ')}`,
  );
};
