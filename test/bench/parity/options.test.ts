import { expect, it } from 'vitest';
import { stagesOf } from '../gpu/plan.ts';
import { readOptions } from './options.ts';

it('is the comparison alone, with all the time to it', () => {
  const options = readOptions(['--engine', 'tfjs-node', '--minutes', '20']);
  const stages = stagesOf({ options, engines: options.engine ?? [], gpu: false, progressOf: () => () => {} });
  const parts = stages.map((stage) => stage([]).map(({ name, seconds }) => [name, seconds]));
  expect(parts).toEqual([[['parity tfjs-node', 1200]]]);
});

it('refuses what only the whole of a GPU machine has', () => {
  expect(() => readOptions(['--bring'])).toThrow("Unknown option '--bring'");
  expect(() => readOptions(['--only', 'resnet-8'])).toThrow("Unknown option '--only'");
});
