import { type ResolvedPreset, resolvePreset as resolve } from '@studyhall/contract/deck/resolve.ts';
import type { Preset } from '@studyhall/contract/deck/system.ts';
import { groupKey } from '../runs/group-key.ts';
import type { AnnouncedDataset } from './datasets.ts';

/** A preset on its dataset as it was announced: its groups by their keys, and why they cannot be scheduled. */
export function resolvePreset(preset: Preset, dataset: AnnouncedDataset): ResolvedPreset {
  const facts = JSON.stringify(dataset);
  const kept = latest.get(preset);
  if (kept?.facts === facts) return kept.resolved;
  const resolved = resolve(preset, dataset, groupKey);
  latest.set(preset, { facts, resolved });
  return resolved;
}

/** A page of the whole deck asks for each of 42 presets several times, 10 ms each; definitions never change, datasets seldom. */
const latest = new WeakMap<Preset, { facts: string; resolved: ResolvedPreset }>();
