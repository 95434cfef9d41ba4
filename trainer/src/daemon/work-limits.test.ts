import { expect, it } from 'vitest';
import { unlimited, WorkLimits } from './work-limits.ts';

it('a trainer without limits never ends by itself', () => {
  const limits = new WorkLimits(unlimited, () => 1e12);
  expect(limits.ephemeral).toBe(false);
  for (let run = 0; run < 100; run++) limits.begin();
  expect([limits.mayTake, limits.ending(0), limits.waitMs(5000)]).toEqual([true, null, 5000]);
});

it('one that ends when idle counts from its last run, and not while one runs', () => {
  let now = 0;
  const limits = new WorkLimits({ idleMs: 1000, mostRuns: null }, () => now);
  now = 900;
  expect([limits.ending(0), limits.waitMs(5000)]).toEqual([null, 100]);
  limits.begin();
  now = 5000;
  expect(limits.ending(1)).toBeNull();
  limits.rest();
  expect(limits.ending(0)).toBeNull();
  now = 6000;
  expect([limits.ending(0), limits.waitMs(5000)]).toEqual(['idle', 0]);
});

it('one with so many runs takes no more, and ends with the last of them', () => {
  const limits = new WorkLimits({ idleMs: null, mostRuns: 2 }, () => 0);
  limits.begin();
  expect([limits.mayTake, limits.ending(0)]).toEqual([true, null]);
  limits.begin();
  expect([limits.mayTake, limits.ending(1), limits.ending(0)]).toEqual([false, null, 'enough runs']);
});
