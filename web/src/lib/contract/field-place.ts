import type { Settings } from '@studyhall/contract/settings/settings.ts';

/**
 * The setting that a path of the contract lies in: an item of a list of numbers or words belongs to the list, and what the contract does
 * not know to the last group that it does. `spec.data.withheldClasses.1` → `spec.data.withheldClasses`.
 */
export function fieldPlace(settings: Settings, root: string, path: string): string {
  const place: string[] = [];
  let type = settings.inputs[root];
  const steps = path.split('.');
  for (let at = 0; type && at < steps.length; at++) {
    const field = type.fields.find(({ name }) => name === steps[at]);
    if (!field) break;
    place.push(field.name);
    if (field.kind !== 'input') break;
    const item = steps[at + 1];
    if (field.list && item !== undefined && /^\d+$/.test(item)) {
      place.push(item);
      at++;
    }
    type = settings.inputs[field.type];
  }
  return place.join('.');
}
