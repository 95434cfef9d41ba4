import { expect, it } from 'vitest';
import { measureRow } from './measure.ts';

const row = { name: 'resnet-8', model: 'resnet-8', cohort: 1, batch: 16 } as const;
const options = { threads: 1, rounds: 1, python: null, compile: false };

it('an engine that does not start is named, and the others are measured, in batches of the size that is wanted', async () => {
  const { results, failures } = await measureRow(row, { ...options, engines: ['tensorrt', 'compiled-cpu'] });
  expect(failures).toEqual([expect.stringMatching(/^tensorrt: "tensorrt" is not a valid engine name; allowed: /)]);
  expect(results.map(({ name }) => name)).toEqual(['compiled-cpu']);
  const [{ stepMs = 0, imagesPerSecond = 0 } = {}] = results;
  expect((imagesPerSecond * stepMs) / 1000).toBeCloseTo(16);
});

it('what was cut before its first turn has no figures', async () => {
  const signal = AbortSignal.timeout(50);
  expect((await measureRow(row, { ...options, engines: ['compiled-cpu'], signal })).results).toEqual([]);
});
