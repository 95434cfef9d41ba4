import { expect, it } from 'vitest';
import { quantity } from './quantity.ts';

it.each([
  [0, '0 B'],
  [7, '7 B'],
  [999, '999 B'],
  [999.6, '1.00 kB'],
  [1234, '1.23 kB'],
  [345_123, '345 kB'],
  [999_499, '999 kB'],
  [999_500, '1.00 MB'],
  [999_999, '1.00 MB'],
  [2 ** 31, '2.15 GB'],
  [9.999e11, '1.00 TB'],
  [1.5e15, '1500 TB'],
])('%d bytes are %s', (bytes, words) => {
  expect(quantity(bytes, 'B')).toBe(words);
});
