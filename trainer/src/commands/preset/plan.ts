import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { chosen } from '@studyhall/contract/spec/one-of.ts';
import type { MethodSettings, RunSpec } from '@studyhall/contract/spec/run-spec.ts';
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

type Reference = { groupKey: string; network?: number };

/** Plans every group of a preset below `out`. */
export const planPreset = (preset: Preset, out: string): PlannedGroup[] => {
  const planned = new Map<string, PlannedGroup>();
  for (const group of preset.groups) {
    const teachers: GroupTeacher[] = [];
    const spec = readSpec(
      JSON.parse(JSON.stringify(group.spec), (field, value: Reference) => {
        if (field !== 'group' || !value.groupKey?.startsWith(TEACHER)) return value;
        const key = value.groupKey.slice(TEACHER.length);
        const teacher = planned.get(key);
        if (teacher === undefined) throw new Error(`${group.key}: ${value.groupKey} is no group that stands before it`);
        teachers.push({ folder: teacher.folder, network: value.network ?? 0 });
        return { ...value, groupKey: hashOf(teacher.spec) };
      }),
    );
    planned.set(group.key, { group, spec, folder: join(out, `${labelOf(spec)}-${hashOf(spec).slice(0, 10)}`), teachers });
  }
  return [...planned.values()];
};

const hashOf = (spec: RunSpec): string => createHash('sha256').update(JSON.stringify(spec)).digest('hex');

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
