import { describe, expect, it } from 'vitest';
import { retryPause } from './retry-pause.ts';

describe('the pause before trying again', () => {
  it('doubles from a quarter of a second to two, and is spread by half of itself to both sides', () => {
    expect([0, 1, 2, 3, 4, 1000].map((failures) => retryPause(failures, () => 0.5))).toEqual([250, 500, 1000, 2000, 2000, 2000]);
    expect([retryPause(4, () => 0), retryPause(4, () => 1)]).toEqual([1000, 3000]);
  });
});
