import { describe, expect, it } from 'vitest';
import { readSpec } from '../spec/read-spec.ts';
import { learningRateAt } from './schedule.ts';

const rates = (training: object, steps: number[]) => {
  const spec = readSpec({
    dataset: 'd',
    networks: [{ model: 'cnn' }],
    method: { independent: {} },
    training: { epochs: 10, learningRate: 2, ...training },
  });
  return steps.map((step) => learningRateAt(spec.training, { epochs: 10, stepsPerEpoch: 4 }, step));
};

describe('learningRateAt', () => {
  it('stays, when constant', () => {
    expect(rates({ schedule: { constant: {} } }, [0, 39])).toEqual([2, 2]);
  });

  it('falls between epochs, in steps', () => {
    const [before, first, between, second] = rates({ schedule: { step: { milestones: [3, 6] } } }, [11, 12, 23, 24]);
    expect([before, first, between]).toEqual([2, 0.2, 0.2]);
    expect(second).toBeCloseTo(0.02, 12);
  });

  it('falls step by step along a cosine', () => {
    const [start = 0, quarter = 0, half = 0, last = 1] = rates({ schedule: { cosine: { finalFraction: 0.1 } } }, [0, 10, 20, 40]);
    expect([start, half, last]).toEqual([2, expect.closeTo(1.1, 12), expect.closeTo(0.2, 12)]);
    expect(quarter).toBeCloseTo(2 * (0.1 + (0.9 * (1 + Math.SQRT1_2)) / 2), 12);
  });

  it('climbs from 0 during warm-up and starts falling after it', () => {
    expect(rates({ warmupEpochs: 2 }, [0, 3, 7, 8])).toEqual([0.25, 1, 2, 2]);
  });
});
