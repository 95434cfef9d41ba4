import { expect, it } from 'vitest';
import { stateEntries } from './state-entries.ts';

const specs = { w: { shape: [2], dtype: 'float32' } } as const;

it('a state begins with the values of its specs, and says which are missing or do not fit', () => {
  const w = Float32Array.of(1, 2);
  expect(stateEntries(specs, { w, other: Float32Array.of(3) })).toEqual({ w: { spec: specs.w, data: w } });
  expect(() => stateEntries(specs, {})).toThrow('w is missing: float32 [2] was expected');
  expect(() => stateEntries(specs, { w: Float32Array.of(1) })).toThrow('w must hold 2 numbers (float32 [2]), not Float32Array of 1');
});
