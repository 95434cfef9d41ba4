import type { JsonValue, Setting, Settings } from '@studyhall/contract/settings/settings.ts';
import { wholeNumber } from '../format/number.ts';
import { settingLabel } from './labels.ts';

/** A line of a readable specification; without a value it heads the lines below it. */
export type SpecLine = { path: string; depth: number; label: string; description: string; value: string | null; isDefault: boolean };

/** A spec as lines in the contract's order. Settings that the contract no longer knows come last, as they are stored. */
export function specLines(settings: Settings, typeName: string, value: JsonValue, path = '', depth = 0): SpecLine[] {
  if (!isGroup(value)) return [];
  const fields = settings.inputs[typeName]?.fields ?? [];
  const known = fields.flatMap((field) => fieldLines(settings, field, value[field.name], join(path, field.name), depth));
  const unknown = Object.entries(value)
    .filter(([name, each]) => each !== null && !fields.some((field) => field.name === name))
    .map(
      ([name, each]): SpecLine => ({
        path: join(path, name),
        depth,
        label: settingLabel(name),
        description: '',
        value: JSON.stringify(each),
        isDefault: false,
      }),
    );
  return [...known, ...unknown];
}

function fieldLines(settings: Settings, field: Setting, value: JsonValue | undefined, path: string, depth: number): SpecLine[] {
  if (value === undefined || value === null || (field.name === 'enabled' && value === true)) return [];
  const head: SpecLine = { path, depth, label: settingLabel(field.name), description: field.description, value: null, isDefault: false };
  if (field.kind !== 'input')
    return [{ ...head, value: shown(field, value), isDefault: JSON.stringify(value) === JSON.stringify(field.default) }];
  if (Array.isArray(value)) {
    if (value.length === 0) return [{ ...head, value: 'none', isDefault: true }];
    return [head, ...value.flatMap((item, index) => itemLines(settings, field, item, index, `${path}.${index}`, depth + 1))];
  }
  const option = chosenOption(settings, field, value);
  if (!option) return [head, ...specLines(settings, field.type, value, path, depth + 1)];
  // One of several: its name is the value, and its settings follow.
  const isDefault = isGroup(field.default) && option.name in field.default;
  return [
    { ...head, value: settingLabel(option.name), isDefault },
    ...specLines(settings, option.type, isGroup(value) ? (value[option.name] ?? {}) : {}, join(path, option.name), depth + 1),
  ];
}

/** An item with a model is one line, `0: resnet-8, depth, dropout 0.3`; another is headed by its number, one of several options by that and its name. */
function itemLines(settings: Settings, field: Setting, item: JsonValue, index: number, path: string, depth: number): SpecLine[] {
  const head = { path, depth, description: field.description, isDefault: false };
  if (isGroup(item) && typeof item.model === 'string') {
    const view = typeof item.view === 'string' ? `, ${item.view}` : '';
    const dropout = typeof item.dropout === 'number' && item.dropout > 0 ? `, dropout ${item.dropout}` : '';
    const rest = Object.fromEntries(Object.entries(item).filter(([name]) => !['model', 'view', 'dropout'].includes(name)));
    return [
      { ...head, label: `Network ${index}`, value: `${item.model}${view}${dropout}` },
      ...specLines(settings, field.type, rest, path, depth + 1),
    ];
  }
  const option = chosenOption(settings, field, item);
  if (option)
    return [
      { ...head, label: `${index + 1}`, value: settingLabel(option.name) },
      ...specLines(settings, option.type, isGroup(item) ? (item[option.name] ?? {}) : {}, join(path, option.name), depth + 1),
    ];
  return [{ ...head, label: `${index + 1}`, value: null }, ...specLines(settings, field.type, item, path, depth + 1)];
}

/** Of a `@oneOf` type, the option that a value names. */
function chosenOption(settings: Settings, field: Setting, value: JsonValue): Setting | undefined {
  const type = settings.inputs[field.type];
  return type?.oneOf && isGroup(value) ? type.fields.find((candidate) => value[candidate.name] != null) : undefined;
}

function shown(field: Setting, value: JsonValue): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (Array.isArray(value) ? value.length === 0 : value === '') return 'none';
  const unit = field.range?.unit;
  // A count has a unit; a seed is a name.
  const write = (one: JsonValue) => (field.kind === 'int' && unit ? wholeNumber(Number(one)) : String(one));
  const text = Array.isArray(value) ? value.map(write).join(', ') : field.kind === 'enum' ? settingLabel(String(value)) : write(value);
  return unit ? `${text} ${unit}` : text;
}

function isGroup(value: JsonValue | undefined): value is { [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function join(path: string, name: string): string {
  return path ? `${path}.${name}` : name;
}
