import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { nameTeachers } from '@studyhall/contract/deck/name-teachers.ts';
import { specText } from '@studyhall/contract/spec/identity.ts';
import { chosen } from '@studyhall/contract/spec/one-of.ts';
import type { MethodSettings, RunSpec } from '@studyhall/contract/spec/run-spec.ts';
import { teachersOf } from '@studyhall/contract/spec/teachers.ts';
import { sha256Of } from '../../data/sha256.ts';
import { readSpec } from '../../spec/read-spec.ts';
import type { Group, Preset } from './deck.ts';

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

/** A spec, its teachers named as its folder is, and that folder. */
type Name = { readonly spec: RunSpec; readonly hash: string; readonly folder: string };

/** How folders are named after a spec: what is at its default left out; and as earlier versions did, which took all of it. */
const HASHES: readonly ((spec: RunSpec) => string)[] = [(spec) => sha256Of([specText(spec)]), (spec) => sha256Of([JSON.stringify(spec)])];

/** Plans every group of a preset below `out`. What an earlier version trained there keeps its folder. */
export const planPreset = ({ groups }: Preset, out: string): PlannedGroup[] => {
  const hashes = HASHES.map(() => new Map<string, string>());
  const folders = new Map<string, string>();
  return groups.map((group) => {
    const names = HASHES.map((hashOf, version): Name => {
      const known = hashes[version] as Map<string, string>;
      const spec = readSpec(nameTeachers(group.spec, known));
      const hash = hashOf(spec);
      known.set(group.key, hash);
      return { spec, hash, folder: join(out, `${labelOf(spec)}-${hash.slice(0, 10)}`) };
    });
    const { spec, folder } = names.find((name) => existsSync(name.folder)) ?? (names[0] as Name);
    for (const { hash } of names) folders.set(hash, folder);
    const teachers = teachersOf(spec).flatMap(({ teacher: { group: earlier } }) => {
      const found = earlier && folders.get(earlier.groupKey);
      return found === undefined ? [] : [{ folder: found, network: earlier?.network ?? 0 }];
    });
    return { group, spec, folder, teachers };
  });
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
