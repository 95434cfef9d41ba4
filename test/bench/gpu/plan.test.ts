import { expect, it } from 'vitest';
import { readOptions } from './options.ts';
import { measuredAs, stagesOf } from './plan.ts';

const engines = ['compiled-cuda', 'compiled-webgpu', 'tfjs-node-gpu'];
const stages = (...args: string[]) => stagesOf({ options: readOptions(args), engines, gpu: true, progressOf: () => () => {} });
const names = (...args: string[]) => stages(...args).map((stage) => stage([]).map(({ name }) => name));

it('brings side by side, compares side by side, and gives each row the machine to itself', () => {
  expect(names('--only', 'resnet-8')).toEqual([
    ['bring CUDA', 'bring TensorFlow', 'bring PyTorch'],
    ['parity compiled-cuda', 'parity compiled-webgpu', 'parity tfjs-node-gpu'],
    ['resnet-8, batch 64'],
    ['resnet-8, batch 512'],
  ]);
});

it('does a part of it when asked to', () => {
  expect(names('--bring')).toEqual([['bring CUDA', 'bring TensorFlow', 'bring PyTorch']]);
  expect(names('--no-train', '--no-bring')).toEqual([engines.map((engine) => `parity ${engine}`)]);
  expect(names('--no-train')[0]).toEqual(['bring CUDA', 'bring TensorFlow']);
  expect(names('--no-parity', '--no-bring', '--batch', '512', '--only', 'wrn-16-2')).toEqual([['wrn-16-2, batch 512']]);
});

it('CUDA is measured with one step in a call and with eight', () => {
  expect(engines.flatMap(measuredAs)).toEqual(['compiled-cuda', 'compiled-cuda:8', 'compiled-webgpu', 'tfjs-node-gpu']);
});

it('engines that disagree with the reference are not measured', async () => {
  const [row] = stages('--no-parity', '--no-bring', '--only', 'resnet-8', '--batch', '64');
  const done = engines.map((engine) => ({ name: `parity ${engine}`, state: 'failed', seconds: 1 }) as const);
  const run = row?.(done)[0]?.run(new AbortController().signal, () => {});
  await expect(run).rejects.toThrow('no engine agrees with the reference: none was measured');
});
