import { expect, it } from 'vitest';
import { autoEngine, engineNames, howToOffer } from './engines.ts';

it('AUTO takes the fastest engine of a trainer, but never TensorFlow on a CPU', () => {
  expect(autoEngine(['compiled-cuda', 'compiled-cpu', 'reference'])).toBe('compiled-cuda');
  expect(autoEngine(['tfjs-node', 'reference'])).toBe('reference');
  expect(autoEngine(['tfjs-node-gpu', 'compiled-cpu'])).toBe('tfjs-node-gpu');
  expect(autoEngine(['tfjs-node'])).toBeUndefined();
});

it('every engine says how a fleet comes to it, and no other name does', () => {
  for (const name of engineNames) expect(howToOffer(name)).toMatch(/[^.]$/);
  expect(howToOffer('tfjs-node')).toContain('npm run trainer -- install tfjs-node ');
  expect(howToOffer('toString')).toBeUndefined();
});
