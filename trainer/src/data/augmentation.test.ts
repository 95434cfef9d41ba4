import { describe, expect, it } from 'vitest';
import { reflect } from './augmentation.ts';

describe('reflect', () => {
  it('mirrors places beyond the border without repeating it', () => {
    expect([-3, -2, -1, 0, 1, 2, 3, 4, 5].map((place) => reflect(place, 3))).toEqual([1, 2, 1, 0, 1, 2, 1, 0, 1]);
    expect(reflect(5, 1)).toBe(0);
  });
});
