import type { Range } from '@studyhall/contract/settings/settings.ts';
import { written } from '@studyhall/contract/settings/written.ts';

/** Least values as small as these stand for “above 0”: they are where a setting begins to mean something. */
const tiny = 1e-3;

/** Bounds in words: `1 to 2,000`, `above 0, up to 100`, `2 or more`, `above 0 (from 1e-8), up to 100`. Empty where there are none. */
export function describeRange(range: Range | undefined): string {
  if (!range) return '';
  const { min, max, above } = range;
  const open = max === undefined || max === 2147483647;
  const most = max === undefined ? '' : written(max);
  if (above !== undefined) return open ? `above ${above}` : `above ${above}, up to ${most}`;
  if (min !== undefined && min > 0 && min < tiny) return `above 0 (from ${min})${open ? '' : `, up to ${most}`}`;
  if (min !== undefined) return open ? `${written(min)} or more` : `${written(min)} to ${most}`;
  return open ? '' : `up to ${most}`;
}
