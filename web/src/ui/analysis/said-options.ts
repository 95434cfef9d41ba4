import { settings } from '@studyhall/contract/settings/contract.ts';
import { inputType, type JsonValue } from '@studyhall/contract/settings/settings.ts';
import { settingLabel } from '@/lib/contract/labels.ts';

/** The options of a question that are not at their default, in words. */
export function saidOptions(question: unknown): string {
  const [entry] = Object.entries(question as Record<string, Record<string, JsonValue>>);
  if (!entry) return '';
  const [name, options] = entry;
  const type = inputType(settings, 'QuestionInput').fields.find((field) => field.name === name)?.type;
  if (type === undefined) return '';
  return inputType(settings, type)
    .fields.filter((field) => JSON.stringify(options[field.name]) !== JSON.stringify(field.default))
    .map((field) => `${settingLabel(field.name).toLowerCase()} ${[options[field.name]].flat().map(said).join(', ')}`)
    .join('; ');
}

/** A value within a sentence: one of few by its name there, which keeps its own capitals (UMAP). */
function said(value: JsonValue | undefined): string {
  if (typeof value !== 'string') return String(value);
  const label = settingLabel(value);
  return /^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}
