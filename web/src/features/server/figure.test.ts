import { expect, it } from 'vitest';
import { figure } from './figure.ts';

it('a figure of the server is written with its unit', () => {
  expect([0.0123, 2.5, 7500, 0].map((value) => figure('SECONDS', value))).toEqual(['12.3 ms', '2.50 s', '2 h 05 min', '0 s']);
  expect([figure('BYTES', 184_300_000), figure('COUNT', 12_345), figure('YES_OR_NO', 1), figure('YES_OR_NO', 0)]).toEqual([
    '184 MB',
    '12,345',
    'yes',
    'no',
  ]);
});
