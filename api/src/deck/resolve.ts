import type { Problem } from '@studyhall/contract/settings/problem.ts';
import { checkSeeds } from '@studyhall/contract/spec/checks/check-seeds.ts';
import { checkSpecOn } from '@studyhall/contract/spec/checks/check-spec.ts';
import { readSpec } from '@studyhall/contract/spec/read-spec.ts';
import type { RunSpec } from '@studyhall/contract/spec/run-spec.ts';
import { teachersOf } from '@studyhall/contract/spec/teachers.ts';
import { groupKey } from '../runs/group-key.ts';
import type { AnnouncedDataset } from './datasets.ts';
import { type Group, type Preset, presetTeacher } from './system.ts';

/** A group as it would be scheduled: teachers of the preset named by their groupKey. */
export type ResolvedGroup = Group & { groupKey: string };

export type ResolvedPreset = { groups: ResolvedGroup[]; problems: Problem[] };

/**
 * Names each group's runs by their key, on a dataset as it was announced. A teacher that is a group of the preset (`preset:KEY`) becomes
 * that group's own key, so groups of equal specs are one group, whatever preset they stand in.
 *
 * @returns the groups in their order, and why they cannot be scheduled, the group's key first in every path.
 */
export function resolvePreset(preset: Preset, dataset: AnnouncedDataset): ResolvedPreset {
  const facts = JSON.stringify(dataset);
  const kept = latest.get(preset);
  if (kept?.facts === facts) return kept.resolved;
  const resolved = resolve(preset, dataset);
  latest.set(preset, { facts, resolved });
  return resolved;
}

/** A page of the whole deck asks for each of 42 presets several times, 10 ms each; definitions never change, datasets seldom. */
const latest = new WeakMap<Preset, { facts: string; resolved: ResolvedPreset }>();

function resolve(preset: Preset, dataset: AnnouncedDataset): ResolvedPreset {
  const keys = new Map<string, string>();
  const known = new Map<string, RunSpec>();
  const problems: Problem[] = [];
  const groups = preset.groups.map((group) => {
    const spec = nameTeachers(group.spec, keys);
    const read = readSpec(spec);
    const found = [...checkSeeds(group.seeds), ...read.problems];
    if (read.spec) found.push(...checkSpecOn(read.spec, dataset, earlierViews(read.spec, known, dataset)));
    problems.push(...found.map(({ path, message }) => ({ path: `${group.key}.${path}`, message })));
    const data = { hash: dataset.hash, firstView: dataset.views[0]?.name ?? '' };
    const key = read.spec && found.length === 0 ? groupKey(read.spec, data) : '';
    keys.set(group.key, key);
    if (read.spec) known.set(key, read.spec);
    return { ...group, spec, groupKey: key };
  });
  return { groups, problems };
}

/** The views that teachers see which are groups before this one. @param known specs by groupKey */
function earlierViews(spec: RunSpec, known: ReadonlyMap<string, RunSpec>, { views }: AnnouncedDataset): string[] {
  return teachersOf(spec).flatMap(({ teacher: { group } }) => {
    const taught = group && known.get(group.groupKey)?.networks[group.network];
    return taught ? [taught.view ?? views[0]?.name ?? ''] : [];
  });
}

/** @throws when a teacher is no group before it: a mistake in a definition. */
function nameTeachers(spec: Group['spec'], keys: ReadonlyMap<string, string>): Group['spec'] {
  return JSON.parse(JSON.stringify(spec), (field, value) => {
    if (field !== 'groupKey' || typeof value !== 'string' || !value.startsWith(presetTeacher)) return value;
    const key = keys.get(value.slice(presetTeacher.length));
    if (key === undefined) throw new Error(`${value} is no group that stands before it`);
    return key;
  });
}
