import { expect, it } from 'vitest';
import { strikeTogether } from './together/together.ts';

it('two APIs on one Postgres and one bucket, with three trainers, struck by chance: no run, epoch or figure is lost, doubled or different', async () => {
  const { faults, runs, strikes } = await strikeTogether({ seed: 14, seconds: 12, store: 's3', webs: false });
  expect(faults).toEqual([]);
  expect(runs).toBeGreaterThanOrEqual(3);
  expect(strikes).toContain('Postgres is restarted');
});
