import { expect, it } from 'vitest';
import { isHopeless } from './delivery.ts';

it('a report is given up only where the API is well but for this report', () => {
  const minutes = (count: number) => count * 60_000;
  expect(isHopeless(0, minutes(1.9), minutes(1.9))).toBe(false);
  expect(isHopeless(0, minutes(0.1), minutes(600))).toBe(false);
  expect(isHopeless(0, minutes(2), minutes(2.1))).toBe(true);
});
