import { english, type Separators } from './separators.ts';
import { unify } from './unify.ts';

/** What a text says, or why it says no number. */
export type NumberReading = { value: number; problem: null } | { value: null; problem: string };

export type NumberKind = {
  /** Only whole numbers are meant. */
  whole: boolean;
  /** May stand behind the number: `20 epochs`. */
  unit?: string | undefined;
  /** How the reader's language writes numbers. */
  separators?: Separators;
};

/**
 * A number as people write it: `8000`, `8,000`, `8 000`, `0.05`, `0,05`, `1e-3`, in any script's digits. Where a text can mean two numbers
 * (`1.000`: a thousand in Berlin, one in Boston), the reader's own language decides, unless the field makes even that unlikely; then it
 * is refused. Nothing is ever cut off or rounded to fit.
 */
export function readNumber(text: string, kind: NumberKind): NumberReading {
  const { whole, separators = english } = kind;
  const shown = text.trim();
  const refuse = (problem: string): NumberReading => ({ value: null, problem });
  const parts = /^([+-]?) ?(.*?)(?:e([+-]?\d+))?$/i.exec(withoutUnit(unify(text), kind.unit));
  const [, sign = '', body = '', exponent = '0'] = parts ?? [];
  const grouped = asGroups(body);
  const fraction = asFraction(body);
  if (grouped === null && fraction === null) return refuse(`“${shown}” is not a number${kind.unit ? ` of ${kind.unit}` : ''}.`);
  const value = (digits: string) => Number(`${sign}${digits}e${exponent}`);

  let digits = fraction ?? grouped ?? '';
  if (grouped !== null && fraction !== null && grouped !== fraction) {
    const separator = /[.,]/.exec(body)?.[0] ?? '';
    const isGroup = separator === separators.group;
    const isDecimal = separator === separators.decimal || (separator === '.' && separators.group !== '.');
    if (!isGroup && (whole || !isDecimal))
      return refuse(`“${shown}” can mean ${value(grouped)} or ${value(fraction)}: write one of these.`);
    if (isGroup) digits = grouped;
  }
  const read = value(digits);
  if (!Number.isFinite(read) || (whole && Math.abs(read) > Number.MAX_SAFE_INTEGER)) return refuse(`${shown} is too large.`);
  if (read === 0 && /[1-9]/.test(digits)) return refuse(`${shown} is too small to be told from 0.`);
  // `1,00` is rather a slip of 1,000 or 100 than a careful 1.
  if (whole && (!Number.isInteger(read) || /\.\d{2,}$/.test(exponent === '0' ? digits : '')))
    return refuse(`${shown} is not a whole number.`);
  // -0 is 0.
  return { value: read + 0, problem: null };
}

/** The text without the field's own unit, in its plural or singular, behind it. */
function withoutUnit(text: string, unit: string | undefined): string {
  const word = / ?([a-z]+)$/i.exec(text);
  const own = unit !== undefined && word?.[1] !== undefined && [unit, unit.replace(/s$/, '')].includes(word[1].toLowerCase());
  return own ? text.slice(0, word.index) : text;
}

const thousands = [
  '\\d{1,3}(?:,\\d{3})+',
  '\\d{1,3}(?:\\.\\d{3})+',
  '\\d{1,3}(?: \\d{3})+',
  "\\d{1,3}(?:'\\d{3})+",
  '\\d{1,2}(?:,\\d{2})+,\\d{3}',
];
const whole = new RegExp(`^(?:\\d+|(?!0)(?:${thousands.join('|')}))$`);

/** The digits, if whatever stands between them parts thousands (or, as in India, hundreds above them); else null. */
function asGroups(body: string): string | null {
  return whole.test(body) ? body.replace(/\D/g, '') : null;
}

/** The digits with a point, if the last separator can be a decimal one; else null. */
function asFraction(body: string): string | null {
  const [, before = '', separator = '', after = ''] = /^(.*?)(?:([.,])(\d*))?$/.exec(body) ?? [];
  if (separator === '' || before.includes(separator)) return null;
  const digits = before === '' ? '' : asGroups(before);
  if (digits === null || `${digits}${after}` === '' || (after === '' && separator === ',')) return null;
  return `${digits || '0'}.${after || '0'}`;
}
