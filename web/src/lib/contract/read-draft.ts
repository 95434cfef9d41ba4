import { required } from '@studyhall/contract/settings/coerce.ts';
import type { Problem } from '@studyhall/contract/settings/problem.ts';
import { inputType, type JsonValue, type Setting, type Settings } from '@studyhall/contract/settings/settings.ts';
import { english, type Separators } from '../numbers/separators.ts';
import type { Draft, DraftValue } from './draft.ts';
import { readValue } from './read-value.ts';

type Reading = { settings: Settings; separators: Separators; problems: Problem[] };

/** What a draft says, as the contract's JSON. Settings that cannot be read are left out and named in `problems`. */
export function readDraft(
  settings: Settings,
  typeName: string,
  draft: Draft,
  separators: Separators = english,
): { value: { [name: string]: JsonValue }; problems: Problem[] } {
  const reading: Reading = { settings, separators, problems: [] };
  return { value: readInput(reading, typeName, draft, ''), problems: reading.problems };
}

function readInput(reading: Reading, typeName: string, draft: Draft, path: string): { [name: string]: JsonValue } {
  const result: { [name: string]: JsonValue } = {};
  const type = inputType(reading.settings, typeName);
  for (const field of type.fields) {
    if (type.oneOf && !(field.name in draft)) continue;
    const value = readField(reading, field, draft[field.name], path ? `${path}.${field.name}` : field.name);
    if (value !== undefined) result[field.name] = value;
  }
  return result;
}

function readField(reading: Reading, field: Setting, draft: DraftValue | undefined, path: string): JsonValue | undefined {
  const refuse = (message: string) => {
    reading.problems.push({ path, message });
    return undefined;
  };
  if (draft === undefined || draft === null) return field.required ? refuse(required) : undefined;
  if (Array.isArray(draft)) return draft.map((item, index) => readInput(reading, field.type, item, `${path}.${index}`));
  if (typeof draft === 'object') return readInput(reading, field.type, draft, path);
  if (typeof draft === 'boolean') return draft;

  const text = draft.trim();
  if (text === '' && field.kind === 'string' && field.default === '') return '';
  if (text === '') return field.list && field.default ? [] : field.required ? refuse(required) : undefined;
  const { value, problem } = readValue(field, text, reading.separators);
  return problem === null ? value : refuse(problem);
}
