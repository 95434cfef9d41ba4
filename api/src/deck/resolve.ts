import type { GraphQLInputType } from 'graphql';
import type { Problem } from '../errors.ts';
import { checkSeeds, checkSpec } from '../runs/check-spec.ts';
import { coerce } from '../runs/coerce.ts';
import { groupKey } from '../runs/group-key.ts';
import { type RunSpec, teachersOf } from '../runs/spec.ts';
import type { AnnouncedDataset } from './datasets.ts';
import { type Group, type Preset, presetTeacher } from './system.ts';

/** A group as it would be scheduled: teachers of the preset named by their groupKey. */
export type ResolvedGroup = Group & { groupKey: string };

export type ResolvedPreset = { groups: ResolvedGroup[]; problems: Problem[] };

/**
 * Names each group's runs by their key, on a dataset as it was announced. A teacher that is a group of the preset (`preset:KEY`) becomes
 * that group's own key, so groups of equal specs are one group, whatever preset they stand in.
 *
 * @param type RunSpecInput
 * @returns the groups in their order, and why they cannot be scheduled, the group's key first in every path.
 */
export function resolvePreset(type: GraphQLInputType, preset: Preset, dataset: AnnouncedDataset): ResolvedPreset {
  const facts = JSON.stringify(dataset);
  const kept = latest.get(preset);
  if (kept?.type === type && kept.facts === facts) return kept.resolved;
  const resolved = resolve(type, preset, dataset);
  latest.set(preset, { type, facts, resolved });
  return resolved;
}

/** A page of the whole deck asks for each of 42 presets several times, 10 ms each; definitions never change, datasets seldom. */
const latest = new WeakMap<Preset, { type: GraphQLInputType; facts: string; resolved: ResolvedPreset }>();

function resolve(type: GraphQLInputType, preset: Preset, dataset: AnnouncedDataset): ResolvedPreset {
  const keys = new Map<string, string>();
  const known = new Map<string, RunSpec>();
  const problems: Problem[] = [];
  const groups = preset.groups.map((group) => {
    const found: Problem[] = checkSeeds(group.seeds);
    const spec = nameTeachers(group.spec, keys);
    const normal = coerce(type, spec, [], found) as RunSpec;
    if (found.length === 0) found.push(...checkSpec(normal, dataset, earlierViews(normal, known, dataset)));
    problems.push(...found.map(({ path, message }) => ({ path: `${group.key}.${path}`, message })));
    const key = found.length === 0 ? groupKey(type, normal, dataset.hash, dataset.views[0]?.name ?? '') : '';
    keys.set(group.key, key);
    known.set(key, normal);
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
