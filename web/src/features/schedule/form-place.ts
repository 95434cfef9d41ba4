import { settings } from '@studyhall/contract/settings/contract.ts';
import { fieldPlace } from '@/lib/contract/field-place.ts';

/** The field of the form that a problem's path belongs to; the spec as a whole where there is none. */
export function formPlace(path: string): string {
  return fieldPlace(settings, 'ScheduleRunsInput', path) || 'spec';
}

/** The id of a field's element, for labels and for links from the list of problems. */
export function fieldId(path: string): string {
  return `set-${path.replaceAll('.', '-')}`;
}

/** The ids of the texts that belong to a field: what it is for, its default and bounds, how its number was understood, what is wrong with it. */
export function textIds(path: string) {
  const id = fieldId(path);
  return { about: `${id}-about`, facts: `${id}-facts`, understood: `${id}-understood`, problem: `${id}-problem` };
}
