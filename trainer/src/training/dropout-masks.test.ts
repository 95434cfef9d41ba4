import { describe, expect, it } from 'vitest';
import { parseModel } from '../nn/models.ts';
import type { Member } from './cohort.ts';
import { allocateMasks, drawMasks, maskSpecs } from './dropout-masks.ts';

const BATCH = 16;
const member = (index: number, dropped = 0.25, model = 'mlp-40-30'): Member => ({
  index,
  view: 'image',
  network: parseModel(model)([4, 4, 1], 3, dropped),
});
const draw = (members: readonly Member[], seed = 1, epoch = 1, step = 0) => {
  const masks = allocateMasks(members, BATCH);
  drawMasks(members, masks, seed, epoch, step);
  return masks;
};

describe('dropout masks', () => {
  it('are inputs of those members alone that drop something', () => {
    expect(maskSpecs([member(0, 0), member(1)], BATCH)).toEqual({
      'mask.1.hidden.1': { shape: [BATCH, 40], dtype: 'float32' },
      'mask.1.classifier': { shape: [BATCH, 30], dtype: 'float32' },
    });
    expect(draw([member(0, 0)])).toEqual({});
  });

  it('hold 0 for a quarter of the features and 1 / 0.75 for the others, so that their mean is 1', () => {
    const numbers = Object.values(draw([member(0)], 3)).flatMap((mask) => [...mask]);
    expect(new Set(numbers)).toEqual(new Set([0, Math.fround(4 / 3)]));
    expect(numbers.length).toBe(BATCH * 70);
    const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
    expect(Math.abs(mean - 1)).toBeLessThan(4 * Math.sqrt(0.25 / 0.75 / numbers.length));
  });

  it('depend on seed, epoch, step and the network’s index alone, not on its place or its cohort', () => {
    const alone = draw([member(2)]);
    const third = draw([member(0), member(1, 0.5, 'cnn-4'), member(2)]);
    expect(third['mask.2.hidden.1']).toEqual(alone['mask.0.hidden.1']);
    expect(third['mask.2.classifier']).toEqual(alone['mask.0.classifier']);
    const others = [draw([member(2)]), draw([member(1)]), draw([member(2)], 2), draw([member(2)], 1, 2), draw([member(2)], 1, 1, 1)];
    const kinds = new Set(others.map((masks) => masks['mask.0.hidden.1']?.join()));
    expect(kinds.size).toBe(5);
  });
});
