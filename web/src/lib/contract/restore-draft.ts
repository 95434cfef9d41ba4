import { inputType, type Setting, type Settings } from '@studyhall/contract/settings/settings.ts';
import { type Draft, type DraftValue, draftOf } from './draft.ts';

/**
 * A draft that was kept, as the contract of today has it: what it no longer knows is left out, and what the draft does not say, or says in
 * another shape, is as in `initial`. Texts stay as they were typed, whatever is wrong with them.
 *
 * @param kept whatever the browser had stored.
 */
export function restoreDraft(settings: Settings, typeName: string, initial: Draft, kept: unknown): Draft {
  if (!isGroup(kept)) return initial;
  const { oneOf, fields } = inputType(settings, typeName);
  if (oneOf) {
    const chosen = fields.find(({ name }) => isGroup(kept[name]));
    if (!chosen) return initial;
    const at = initial[chosen.name] ?? draftOf(settings, typeName, { [chosen.name]: {} })[chosen.name] ?? {};
    return { [chosen.name]: restoreField(settings, { ...chosen, required: true }, at, kept[chosen.name]) };
  }
  return Object.fromEntries(
    fields.map((field) => [field.name, restoreField(settings, field, initial[field.name] ?? null, kept[field.name])]),
  );
}

function restoreField(settings: Settings, field: Setting, initial: DraftValue, kept: unknown): DraftValue {
  if (kept === undefined) return initial;
  if (field.kind === 'input' && field.list) {
    if (!Array.isArray(kept) || (kept.length === 0 && field.required)) return initial;
    return kept.map((item, index) => {
      const before = Array.isArray(initial) ? initial[index] : undefined;
      return restoreDraft(settings, field.type, before ?? draftOf(settings, field.type), item);
    });
  }
  if (field.kind === 'input') {
    if (kept === null) return field.required || field.default !== undefined ? initial : null;
    return restoreDraft(settings, field.type, isGroup(initial) ? (initial as Draft) : draftOf(settings, field.type), kept);
  }
  if (field.kind === 'boolean') return typeof kept === 'boolean' ? kept : initial;
  if (typeof kept !== 'string') return initial;
  const values = field.kind === 'enum' ? settings.enums[field.type]?.values : undefined;
  return values && kept !== '' && !values.some(({ name }) => name === kept) ? initial : kept;
}

function isGroup(value: unknown): value is { [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
