import { largestSeed } from '@studyhall/contract/spec/checks/check-seeds.ts';
import { readCount, UsageError } from '../../cli.ts';
import { findPreset, type Preset, presetNames } from './deck.ts';

export type PresetOptions = { readonly name: string; readonly preset: Preset; readonly seeds: readonly number[] | null };

type Given = {
  preset?: string | undefined;
  scale?: string | undefined;
  seeds?: string | undefined;
  seed?: string | undefined;
  teacher?: string[] | undefined;
};

/** @throws UsageError for an unknown preset or scale, naming those there are, and for options that go with a spec only. */
export const readPresetOptions = ({ preset: name, scale, seeds, seed, teacher }: Given, positionals: readonly string[]): PresetOptions => {
  if (name === undefined) throw new UsageError(`name a preset by --preset; there are: ${presetNames().join(', ')}`);
  if (positionals.length > 0) throw new UsageError('give a spec or --preset, not both');
  if (seed !== undefined || teacher !== undefined)
    throw new UsageError('--seed and --teacher go with a spec; a preset takes --seeds 1,2,3 and trains its teachers');
  if (scale === undefined) throw new UsageError('say how large by --scale: tiny, small or paper');
  return { name, preset: findPreset(name, scale), seeds: seeds === undefined ? null : readSeeds(seeds) };
};

const readSeeds = (text: string): number[] => {
  const seeds = text.split(',').map((part) => readCount('--seeds', part.trim() || 'nothing', 0, largestSeed));
  if (new Set(seeds).size < seeds.length) throw new UsageError(`--seeds is "${text}"; a seed stands there twice`);
  return seeds;
};
