import type { Range } from './settings.ts';

/** Bounds in words: `1 to 2000`, `above 0, up to 100`, `at least 2`. Empty where there are none. */
export function describeRange(range: Range | undefined): string {
  if (!range) return '';
  const { min, max, above } = range;
  const open = max === undefined || max === 2147483647;
  if (above !== undefined) return open ? `above ${above}` : `above ${above}, up to ${max}`;
  if (min !== undefined) return open ? `${min} or more` : `${min} to ${max}`;
  return open ? '' : `up to ${max}`;
}
