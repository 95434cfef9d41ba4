import { describe, expect, it } from 'vitest';
import { parseModel } from './models.ts';

const CIFAR = [32, 32, 3];

describe('parameters against the publications', () => {
  it.each([
    // He et al. 2015, table 6.
    ['resnet-20', 10, 0.27, 2],
    ['resnet-32', 10, 0.46, 2],
    ['resnet-44', 10, 0.66, 2],
    ['resnet-56', 10, 0.85, 2],
    ['resnet-110', 10, 1.7, 1],
    // Zagoruyko & Komodakis 2016, table 4, and 2017 ("Paying more attention to attention"), table 1.
    ['wrn-16-1', 10, 0.2, 1],
    ['wrn-16-2', 10, 0.7, 1],
    ['wrn-40-1', 10, 0.6, 1],
    ['wrn-40-2', 10, 2.2, 1],
    ['wrn-16-8', 10, 11.0, 1],
    ['wrn-40-4', 10, 8.9, 1],
    ['wrn-28-10', 10, 36.5, 1],
    // Zhang et al. 2018, table 1; 100 classes.
    ['resnet-32', 100, 0.5, 1],
    ['mobilenet-1', 100, 3.3, 1],
    ['wrn-28-10', 100, 36.5, 1],
  ])('%s with %d classes: %f million', (model, classes, published, digits) => {
    const millions = parseModel(model)(CIFAR, classes).parameterCount / 1e6;
    expect(millions.toFixed(digits)).toBe(published.toFixed(digits));
  });

  it.each([
    ['resnet-20', CIFAR, 10, 269_722, 40.6],
    ['resnet-32', CIFAR, 10, 464_154, 68.9],
    ['resnet-56', CIFAR, 10, 853_018, 125.5],
    ['resnet-110', CIFAR, 10, 1_727_962, 252.9],
    ['resnet-32', CIFAR, 100, 470_004, 68.9],
    ['wrn-16-2', CIFAR, 10, 691_674, 101.1],
    ['wrn-28-10', CIFAR, 100, 36_536_884, 5243.4],
    ['mobilenet-1', CIFAR, 100, 3_309_476, 46.4],
    ['mobilenet-1', [112, 112, 3], 1000, 4_231_976, 568.7],
  ])(
    '%s on %j with %d classes has those that the guide names: %d, and %f million multiply-adds',
    (model, shape, classes, count, millions) => {
      const { parameterCount, multiplyAdds } = parseModel(model)(shape, classes);
      expect(parameterCount).toBe(count);
      expect(multiplyAdds / 1e6).toBeCloseTo(millions, 1);
    },
  );

  it('a temporal network counts its convolutions, norms and classifier', () => {
    const network = parseModel('tcn-8')([20, 6], 5);
    const first = 5 * 6 * 8 + 5 * 8 * 8 + 6 * 8 + 3 * 16;
    const second = 5 * 8 * 16 + 5 * 16 * 16 + 8 * 16 + 3 * 32;
    const third = 5 * 16 * 32 + 5 * 32 * 32 + 16 * 32 + 3 * 64;
    expect(network.parameterCount).toBe(first + second + third + 32 * 5 + 5);
  });
});

describe('multiply-adds of one picture against the publications', () => {
  it.each([
    // Li et al. 2017 ("Pruning filters for efficient convnets"), table 1: 1.25 and 2.53 · 10⁸.
    ['resnet-56', CIFAR, 10, 125],
    ['resnet-110', CIFAR, 10, 253],
    // Howard et al. 2017, table 4: 569 million at 224 × 224. Their first convolution halves that to 112 × 112; ours keeps the extent.
    ['mobilenet-1', [112, 112, 3], 1000, 569],
  ])('%s on %j with %d classes: %d million', (model, shape, classes, published) => {
    expect(Math.round(parseModel(model)(shape, classes).multiplyAdds / 1e6)).toBe(published);
  });

  it('MobileNet for ImageNet has 4.2 million parameters (Howard et al. 2017, table 4)', () => {
    expect((parseModel('mobilenet-1')([112, 112, 3], 1000).parameterCount / 1e6).toFixed(1)).toBe('4.2');
  });

  it('wrn-16-2, layer by layer', () => {
    const stage = (pixels: number, from: number, to: number) => pixels * (9 * from * to + 3 * 9 * to * to + from * to);
    const expected = 1024 * 27 * 16 + stage(1024, 16, 32) + stage(256, 32, 64) + stage(64, 64, 128) + 128 * 10;
    expect(parseModel('wrn-16-2')(CIFAR, 10).multiplyAdds).toBe(expected);
  });
});

describe('names', () => {
  it('says what a wide resnet, a mobilenet and a temporal network may be called', () => {
    expect(() => parseModel('wrn-17-2')).toThrow('wrn-N-W takes a depth N = 6n+4');
    expect(() => parseModel('mobilenet-0.50')).toThrow('0.25 to 2');
    expect(() => parseModel('mobilenet-3')).toThrow('0.25 to 2');
    expect(() => parseModel('tcn-8')([32, 32, 3], 5)).toThrow(
      'tcn-8 needs sequences (time × channels), but this view has shape 32 × 32 × 3',
    );
  });
});
