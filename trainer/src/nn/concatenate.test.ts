import { expect, it } from 'vitest';
import { concatenate } from './concatenate.ts';

it('puts vectors one after another, sharing no memory with them', () => {
  const first = Float32Array.of(1, 2);
  const all = concatenate([first, new Float32Array(0), Float32Array.of(3)]);
  first[0] = 9;
  expect(all).toEqual(Float32Array.of(1, 2, 3));
  expect(concatenate([])).toEqual(new Float32Array(0));
});
