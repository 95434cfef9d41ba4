import type { Setting, Settings } from '@studyhall/contract/settings/settings.ts';
import { fieldPlace } from './field-place.ts';
import { settingLabel } from './labels.ts';

/** Groups that a reader of the form sees no heading of: what they hold is named without them. */
const unheaded = new Set(['spec', 'method']);

/**
 * A setting's name as the form has it, with the headings that it stands under: `spec.method.distillation.teachers.0.run.runId` →
 * `Distillation › Teacher 1 › One run › Run`. Networks are counted from 0 as everywhere, all else from 1. Empty for the form as a whole.
 */
export function settingName(settings: Settings, root: string, path: string): string {
  const names: string[] = [];
  let type = settings.inputs[root];
  let list: Setting | null = null;
  for (const step of fieldPlace(settings, root, path).split('.')) {
    if (list) {
      names[names.length - 1] = itemName(list, Number(step));
      list = null;
      continue;
    }
    const field = type?.fields.find(({ name }) => name === step);
    if (!field) break;
    if (!unheaded.has(field.name)) names.push(settingLabel(field.name));
    type = field.kind === 'input' ? settings.inputs[field.type] : undefined;
    if (field.list && type) list = field;
  }
  return names.join(' › ');
}

function itemName({ name, type }: Setting, index: number): string {
  return `${settingLabel(name).replace(/s$/, '')} ${type === 'NetworkInput' ? index : index + 1}`;
}

/**
 * A message of the contract as the form says it: settings that it names by their path get their name on the page, values of enums theirs.
 * `is BEST_VALIDATION, but data.validationFraction holds no image back.` → `is “Best validation”, but “Data › Validation fraction” holds …`.
 */
export function inFormWords(settings: Settings, message: string): string {
  const values = new Set(Object.values(settings.enums).flatMap(({ values }) => values.map(({ name }) => name)));
  return message
    .split(/("[^"]*"|“[^”]*”)/)
    .map((part, place) => (place % 2 === 1 ? part : withNames(settings, part, values)))
    .join('');
}

function withNames(settings: Settings, words: string, values: ReadonlySet<string>): string {
  return words
    .replace(/\b[a-z]\w*(?:\.\w+)+/g, (path) => {
      const place = fieldPlace(settings, 'RunSpecInput', path);
      return place === '' ? path : `“${settingName(settings, 'RunSpecInput', path)}”`;
    })
    .replace(/\b[A-Z][A-Z_]+\b/g, (name) => (values.has(name) ? `“${settingLabel(name)}”` : name));
}
