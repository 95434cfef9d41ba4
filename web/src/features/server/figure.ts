import type { ServerFigureUnit } from '@/generated/graphql.ts';
import { bytes, significant, wholeNumber } from '@/lib/format/number.ts';
import { duration } from '@/lib/format/time.ts';

/** A figure of the server with its unit: `1,234`, `12.3 ms`, `2 h 05 min`, `184 MB`, `yes`. A moment is written by the page, as how long ago it was. */
export function figure(unit: Exclude<ServerFigureUnit, 'MOMENT'>, value: number): string {
  if (unit === 'YES_OR_NO') return value === 1 ? 'yes' : 'no';
  if (unit === 'BYTES') return bytes(value);
  if (unit === 'COUNT') return wholeNumber(value);
  if (value >= 60) return duration(value);
  if (value === 0) return '0 s';
  return value >= 1 ? `${significant(value, 3)} s` : `${significant(value * 1000, 3)} ms`;
}
