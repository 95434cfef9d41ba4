import { describe, expect, it } from 'vitest';
import { parseModel } from './models.ts';

const million = (model: string, classes: number) => parseModel(model)([32, 32, 3], classes).parameterCount / 1e6;

describe('parameters against the publications', () => {
  it('wide resnets on CIFAR (Zagoruyko & Komodakis 2016, table 4; with 100 classes 57,690 more)', () => {
    expect(million('wrn-16-8', 10)).toBeCloseTo(11.0, 1);
    expect(million('wrn-40-4', 10)).toBeCloseTo(8.9, 1);
    expect(million('wrn-28-10', 10)).toBeCloseTo(36.5, 1);
    expect(million('wrn-28-10', 100)).toBeCloseTo(36.5, 1);
  });

  it('MobileNet with 100 classes: 3.3 million (Zhang et al. 2018, table 1)', () => {
    expect(million('mobilenet-1', 100)).toBeCloseTo(3.3, 1);
  });

  it('a temporal network counts its convolutions, norms and classifier', () => {
    const network = parseModel('tcn-8')([20, 6], 5);
    const first = 5 * 6 * 8 + 5 * 8 * 8 + 6 * 8 + 3 * 16;
    const second = 5 * 8 * 16 + 5 * 16 * 16 + 8 * 16 + 3 * 32;
    const third = 5 * 16 * 32 + 5 * 32 * 32 + 16 * 32 + 3 * 64;
    expect(network.parameterCount).toBe(first + second + third + 32 * 5 + 5);
  });
});

describe('names', () => {
  it('says what a wide resnet, a mobilenet and a temporal network may be called', () => {
    expect(() => parseModel('wrn-17-2')).toThrow('named wrn-N-W with depth N = 6n + 4');
    expect(() => parseModel('mobilenet-0.50')).toThrow('0.25 to 2');
    expect(() => parseModel('mobilenet-3')).toThrow('0.25 to 2');
    expect(() => parseModel('tcn-8')([32, 32, 3], 5)).toThrow('tcn-8 reads sequences (time × channels); this view is 32 × 32 × 3');
  });
});
