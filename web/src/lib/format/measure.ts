import type { MeasureFormat, MeasureUnit, Split } from '@/generated/graphql.ts';
import { percent, significant } from './number.ts';

const units: Record<MeasureUnit, string> = { FRACTION: '%', NATS: 'nats', LOGIT: 'logits', NUMBER: '' };

/** The unit in which a measure is written. */
export const unitWords = (unit: MeasureUnit): string => units[unit];

/** The head of a column of a measure: `Entropy, nats`, `Disagreement %`. */
export function columnName({ shortLabel, unit }: { shortLabel: string; unit: MeasureUnit }): string {
  const words = units[unit];
  return words === '%' || words === '' ? `${shortLabel} ${words}`.trim() : `${shortLabel}, ${words}`;
}

/** A value of a measure without its unit. */
export function measured({ format }: { format: MeasureFormat }, value: number | null | undefined): string {
  return format === 'PERCENT' ? percent(value) : significant(value);
}

/** A split in words: `training`, `validation`, `test`. */
export const splitWords = (split: Split): string => (split === 'TRAIN' ? 'training' : split.toLowerCase());
