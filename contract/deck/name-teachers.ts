import { presetTeacher } from './system.ts';

/**
 * A group's spec with names for the teachers that are groups of its preset (`preset:KEY`).
 *
 * @param names of the groups that stand before it, by key
 * @throws when a teacher is none of them: a mistake in a definition.
 */
export function nameTeachers<Spec>(spec: Spec, names: ReadonlyMap<string, string>): Spec {
  return JSON.parse(JSON.stringify(spec), (field, value) => {
    if (field !== 'groupKey' || typeof value !== 'string' || !value.startsWith(presetTeacher)) return value;
    const name = names.get(value.slice(presetTeacher.length));
    if (name === undefined) throw new Error(`${value} is not a group defined before it`);
    return name;
  });
}
