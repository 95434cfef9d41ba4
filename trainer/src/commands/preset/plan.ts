import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { specText } from '@studyhall/contract/spec/identity.ts';
import { chosen } from '@studyhall/contract/spec/one-of.ts';
import type { MethodSettings, RunSpec } from '@studyhall/contract/spec/run-spec.ts';
import { sha256Of } from '../../data/sha256.ts';
import { readSpec } from '../../spec/read-spec.ts';
import type { Group, Preset } from './deck.ts';

/** How a spec of the deck names a teacher that is a group of the same preset. */
const TEACHER = 'preset:';

/** A network of another group of the preset. */
export type GroupTeacher = { readonly folder: string; readonly network: number };

/** A group with the folder of its runs. Equal specs have equal folders, whatever preset they stand in: what is trained is shared. */
export type PlannedGroup = {
  readonly group: Group;
  readonly spec: RunSpec;
  readonly folder: string;
  /** In the spec's order. */
  readonly teachers: readonly GroupTeacher[];
};

type Planned = PlannedGroup & { readonly names: readonly Name[] };

/** A spec, its teachers named as its folder is, and that folder. */
type Name = { readonly spec: RunSpec; readonly hash: string; readonly folder: string };

/** How folders are named after a spec: what is at its default left out; and as earlier versions did, which took all of it. */
const HASHES: readonly ((spec: RunSpec) => string)[] = [(spec) => sha256Of([specText(spec)]), (spec) => sha256Of([JSON.stringify(spec)])];

type Reference = { groupKey: string; network?: number };

/** Plans every group of a preset below `out`. What an earlier version trained there keeps its folder. */
export const planPreset = (preset: Preset, out: string): PlannedGroup[] => {
  const planned = new Map<string, Planned>();
  for (const group of preset.groups) {
    const names = HASHES.map((hashOf, version): Name => {
      const spec = readSpec(replaceTeachers(group, ({ groupKey }) => teacherOf(groupKey, group, planned).names[version]?.hash ?? ''));
      const hash = hashOf(spec);
      return { spec, hash, folder: join(out, `${labelOf(spec)}-${hash.slice(0, 10)}`) };
    });
    const teachers: GroupTeacher[] = [];
    replaceTeachers(group, ({ groupKey, network = 0 }) => {
      teachers.push({ folder: teacherOf(groupKey, group, planned).folder, network });
      return groupKey;
    });
    const { spec, folder } = names.find((name) => existsSync(name.folder)) ?? (names[0] as Name);
    planned.set(group.key, { group, spec, folder, teachers, names });
  }
  return [...planned.values()];
};

/** The group's spec with other keys for the teachers that are groups of the preset. */
const replaceTeachers = ({ spec }: Group, keyOf: (teacher: Reference) => string): unknown =>
  JSON.parse(JSON.stringify(spec), (field, value: Reference) =>
    field === 'group' && value.groupKey?.startsWith(TEACHER) ? { ...value, groupKey: keyOf(value) } : value,
  );

const teacherOf = (groupKey: string, { key }: Group, planned: ReadonlyMap<string, Planned>): Planned => {
  const teacher = planned.get(groupKey.slice(TEACHER.length));
  if (teacher === undefined) throw new Error(`${key}: ${groupKey} is no group that stands before it`);
  return teacher;
};

/** File systems allow 255 bytes in a name, and people read less. */
const LONGEST_LABEL = 80;

/** Method and models, as many as fit, for people who look into the folder; the hash that follows tells apart what is left out. */
const labelOf = (spec: RunSpec): string => {
  const models = [...new Set(spec.networks.map(({ model }) => model))];
  let label: string = chosen<MethodSettings>(spec.method)[0];
  for (const [place, model] of models.entries()) {
    if (label.length + 1 + model.length > LONGEST_LABEL) return `${label}-and-${models.length - place}-more`;
    label += `-${model}`;
  }
  return label;
};
