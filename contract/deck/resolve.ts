import type { Problem } from '../settings/problem.ts';
import { checkSeeds } from '../spec/checks/check-seeds.ts';
import { checkSpecOn } from '../spec/checks/check-spec.ts';
import type { DatasetFacts } from '../spec/dataset-facts.ts';
import type { Data } from '../spec/identity.ts';
import { readSpec } from '../spec/read-spec.ts';
import type { RunSpec } from '../spec/run-spec.ts';
import { teachersOf } from '../spec/teachers.ts';
import { nameTeachers } from './name-teachers.ts';
import type { Group, Preset } from './system.ts';

/** A group as it would be scheduled: teachers of the preset named by their groupKey. */
export type ResolvedGroup = Group & { groupKey: string };

export type ResolvedPreset = { groups: ResolvedGroup[]; problems: Problem[] };

/**
 * Names each group's runs by their key, on a dataset as it was announced. A teacher that is a group of the preset (`preset:KEY`) becomes
 * that group's own key, so groups of equal specs are one group, whatever preset they stand in.
 *
 * @param keyOf the groupKey of a spec
 * @returns the groups in their order, and why they cannot be scheduled, the group's key first in every path.
 */
export function resolvePreset(
  preset: Pick<Preset, 'groups'>,
  dataset: DatasetFacts & { readonly hash: string },
  keyOf: (spec: RunSpec, data: Data) => string,
): ResolvedPreset {
  const data = { hash: dataset.hash, firstView: dataset.views[0]?.name ?? '' };
  const keys = new Map<string, string>();
  const known = new Map<string, RunSpec>();
  const problems: Problem[] = [];
  const groups = preset.groups.map((group) => {
    const named = nameTeachers(group.spec, keys);
    const { spec, problems: contradictions } = readSpec(named);
    const found = [...checkSeeds(group.seeds), ...contradictions];
    if (spec) found.push(...checkSpecOn(spec, dataset, earlierViews(spec, known, data.firstView)));
    problems.push(...found.map(({ path, message }) => ({ path: `${group.key}.${path}`, message })));
    const groupKey = spec && found.length === 0 ? keyOf(spec, data) : '';
    keys.set(group.key, groupKey);
    if (spec) known.set(groupKey, spec);
    return { ...group, spec: named, groupKey };
  });
  return { groups, problems };
}

/** The views that teachers see which are groups before this one. @param known specs by groupKey */
function earlierViews(spec: RunSpec, known: ReadonlyMap<string, RunSpec>, firstView: string): string[] {
  return teachersOf(spec).flatMap(({ teacher: { group } }) => {
    const taught = group && known.get(group.groupKey)?.networks[group.network];
    return taught ? [taught.view ?? firstView] : [];
  });
}
