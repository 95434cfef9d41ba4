import { isWithin, outOfRange } from '@studyhall/contract/settings/range.ts';
import type { JsonValue, Setting } from '@studyhall/contract/settings/settings.ts';
import { readTags } from '@studyhall/contract/tags/tags.ts';
import { wholeNumber } from '../format/number.ts';
import { readNumber } from '../numbers/read-number.ts';
import type { Separators } from '../numbers/separators.ts';
import { splitList } from '../numbers/split-list.ts';

/** What a field's text says. Not given, and no problem either: the setting is left out. */
export type ValueReading = {
  value: JsonValue | undefined;
  problem: string | null;
  /** How a number was understood that is not written as plain digits: `1,000 epochs`. */
  understood: string | null;
};

/** Reads the text of one setting, trimmed and not empty, as its kind asks for; a list's items are read one by one. */
export function readValue(field: Setting, text: string, separators: Separators): ValueReading {
  const refuse = (problem: string): ValueReading => ({ value: undefined, problem, understood: null });
  if (field.kind !== 'int' && field.kind !== 'float') return readWords(field, text, refuse);
  const one = (item: string) => readNumber(item, { whole: field.kind === 'int', unit: field.range?.unit, separators });
  const isCount = field.kind === 'int' && field.range?.unit !== undefined;
  const say = (value: JsonValue, written: string, shown = written): ValueReading => ({
    value,
    problem: null,
    understood:
      written === text || (isPlain(text) && String(Number(text)) === written) ? null : [shown, field.range?.unit].filter(Boolean).join(' '),
  });
  if (!field.list) {
    const { value, problem } = one(text);
    if (value === null) return refuse(problem);
    const outside = outOfRange(value, field.range);
    return outside === undefined ? say(value, String(value), isCount ? wholeNumber(value) : undefined) : refuse(outside);
  }
  const { items, problem } = splitList(text, (value) => isWithin(value, field.range));
  if (problem !== null) return refuse(problem);
  if (items.length === 0) return refuse(`“${text}” names nothing.`);
  const values: number[] = [];
  for (const item of items) {
    const read = one(item);
    if (read.value === null) return refuse(read.problem);
    const outside = outOfRange(read.value, field.range);
    if (outside !== undefined) return refuse(outside);
    values.push(read.value);
  }
  return say(values, values.join(', '), isCount ? values.map(wholeNumber).join(', ') : undefined);
}

function readWords(field: Setting, text: string, refuse: (problem: string) => ValueReading): ValueReading {
  const said = (value: JsonValue): ValueReading => ({ value, problem: null, understood: null });
  if (field.kind !== 'json') return said(field.list ? readTags([text]) : text);
  try {
    return said(JSON.parse(text) as JsonValue);
  } catch {
    return refuse('Is not valid JSON.');
  }
}

/** Digits, with a point at most; whether they were understood as they stand here, the reader's language decides: `1.125` can be a thousand. */
const isPlain = (text: string) => /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text);
