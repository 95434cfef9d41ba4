import { type Draft, type DraftValue, inputType } from './draft.ts';
import { describeRange } from './range.ts';
import type { JsonValue, Setting, Settings } from './settings.ts';

/** Something wrong with a setting; `path` as the contract writes it: `networks.0.model`. */
export type Problem = { path: string; message: string };

/** What a draft says, as the contract's JSON. Settings that cannot be read are left out and named in `problems`. */
export function readDraft(
  settings: Settings,
  typeName: string,
  draft: Draft,
): { value: { [name: string]: JsonValue }; problems: Problem[] } {
  const problems: Problem[] = [];
  return { value: readInput(settings, typeName, draft, '', problems), problems };
}

function readInput(settings: Settings, typeName: string, draft: Draft, path: string, problems: Problem[]): { [name: string]: JsonValue } {
  const result: { [name: string]: JsonValue } = {};
  const type = inputType(settings, typeName);
  for (const field of type.fields) {
    if (type.oneOf && !(field.name in draft)) continue;
    const value = readField(settings, field, draft[field.name], path ? `${path}.${field.name}` : field.name, problems);
    if (value !== undefined) result[field.name] = value;
  }
  return result;
}

function readField(
  settings: Settings,
  field: Setting,
  draft: DraftValue | undefined,
  path: string,
  problems: Problem[],
): JsonValue | undefined {
  const refuse = (message: string) => {
    problems.push({ path, message });
    return undefined;
  };
  if (draft === undefined || draft === null) return field.required ? refuse('Is needed.') : undefined;
  if (Array.isArray(draft)) return draft.map((item, index) => readInput(settings, field.type, item, `${path}.${index}`, problems));
  if (typeof draft === 'object') return readInput(settings, field.type, draft, path, problems);
  if (typeof draft === 'boolean') return draft;

  const text = draft.trim();
  if (text === '' && field.kind === 'string' && field.default === '') return '';
  if (text === '') return field.list && field.default ? [] : field.required ? refuse('Is needed.') : undefined;
  if (!field.list) return readScalar(field, text, refuse);
  const items = text
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map((item) => readScalar(field, item, refuse));
  return items.every((item) => item !== undefined) ? items : undefined;
}

function readScalar(field: Setting, text: string, refuse: (message: string) => undefined): JsonValue | undefined {
  switch (field.kind) {
    case 'int':
    case 'float':
      return readNumber(field, text, refuse);
    case 'json':
      try {
        return JSON.parse(text) as JsonValue;
      } catch {
        return refuse('Is not valid JSON.');
      }
    default:
      return text;
  }
}

function readNumber(field: Setting, text: string, refuse: (message: string) => undefined): number | undefined {
  const value = Number(text.replace(',', '.'));
  if (!Number.isFinite(value)) return refuse(`“${text}” is not a number.`);
  if (field.kind === 'int' && !Number.isInteger(value)) return refuse(`${text} is not a whole number.`);
  const { min, max, above } = field.range ?? {};
  const outside = (min !== undefined && value < min) || (above !== undefined && value <= above) || (max !== undefined && value > max);
  return outside ? refuse(`${text} is not allowed here: ${describeRange(field.range)}.`) : value;
}
