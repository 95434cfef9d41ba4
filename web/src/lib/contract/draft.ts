import { inputType, type JsonValue, type Setting, type Settings } from '@studyhall/contract/settings/settings.ts';
import { writeNumber } from '../numbers/write-number.ts';

/** What a form holds for an input type: numbers and lists of them as typed, `null` for an optional group that is left out. */
export type DraftValue = string | boolean | null | Draft | Draft[];
export type Draft = { [name: string]: DraftValue };

/**
 * The draft of an input type that shows `value`, with the contract's defaults where it says nothing.
 * Of a `@oneOf` type the first option is taken if `value` names none.
 */
export function draftOf(settings: Settings, typeName: string, value: JsonValue = {}): Draft {
  const type = inputType(settings, typeName);
  const given = isObject(value) ? value : {};
  if (type.oneOf) {
    const chosen = type.fields.find((field) => given[field.name] != null) ?? type.fields[0];
    return chosen ? { [chosen.name]: fieldDraft(settings, { ...chosen, required: true }, given[chosen.name]) } : {};
  }
  return Object.fromEntries(type.fields.map((field) => [field.name, fieldDraft(settings, field, given[field.name])]));
}

/** The draft of one option of a `@oneOf` type, at its defaults. */
export function optionDraft(settings: Settings, typeName: string, option: string): Draft {
  return draftOf(settings, typeName, { [option]: {} });
}

/** The draft of one setting that shows `value`, else its default. */
export function fieldDraft(settings: Settings, field: Setting, value: JsonValue | undefined): DraftValue {
  const shown = value ?? field.default;
  if (field.list) {
    const items = Array.isArray(shown) ? shown : [];
    if (field.kind !== 'input') return items.map(written).join(', ');
    const drafts = items.map((item) => draftOf(settings, field.type, item));
    return drafts.length === 0 && field.required ? [draftOf(settings, field.type)] : drafts;
  }
  switch (field.kind) {
    case 'input':
      return shown === undefined && !field.required ? null : draftOf(settings, field.type, shown ?? {});
    case 'boolean':
      return shown === true;
    case 'json':
      return shown === undefined ? '' : JSON.stringify(shown);
    case 'enum':
      return typeof shown === 'string' ? shown : field.required ? (settings.enums[field.type]?.values[0]?.name ?? '') : '';
    default:
      return shown == null ? '' : written(shown);
  }
}

const written = (value: JsonValue) => (typeof value === 'number' ? writeNumber(value) : String(value));

function isObject(value: JsonValue | undefined): value is { [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
