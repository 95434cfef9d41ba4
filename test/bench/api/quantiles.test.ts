import { expect, it } from 'vitest';
import { spread } from './quantiles.ts';

it('gives values that were measured: the median, and the one that 95 of 100 do not exceed', () => {
  expect(spread(Array.from({ length: 100 }, (_, i) => 100 - i))).toEqual({ p50: 50, p95: 95, asked: 100 });
  expect(spread([3])).toEqual({ p50: 3, p95: 3, asked: 1 });
  expect(spread([])).toMatchObject({ p50: Number.NaN, asked: 0 });
});
