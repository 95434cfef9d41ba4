import { describe, expect, it } from 'vitest';
import { tf } from '../engine/tf.ts';
import { featureDistance } from './feature-distance.ts';
import { distance, valueAndGradients, zip } from './testing/gradients.ts';

const own = [
  [1, 2, 0],
  [0, -1, 3],
];
const peer = [
  [0, 2, 1],
  [2, 0, 3],
];
const other = [
  [1, 2, 0],
  [0, -1, 0],
];

describe('featureDistance', () => {
  it('is the mean square of the differences: (1 + 0 + 1 + 4 + 1 + 0) / 6', () => {
    expect(valueAndGradients((f, g) => featureDistance(f, [g]), own, peer).value).toBeCloseTo(7 / 6, 6);
  });

  it('is the mean over the peers: (7/6 + 9/6) / 2', () => {
    expect(valueAndGradients((f, g, h) => featureDistance(f, [g, h]), own, peer, other).value).toBeCloseTo(8 / 6, 6);
  });

  it('has the gradient 2·(f_i − f_j) / N, averaged over the peers', () => {
    const towards = (target: number[][]) => zip(own, target, (f, g) => (2 * (f - g)) / 6);
    const pair = valueAndGradients((f, g) => featureDistance(f, [g]), own, peer);
    expect(distance(pair.gradients[0] as number[][], towards(peer))).toBeLessThan(1e-6);
    const three = valueAndGradients((f, g, h) => featureDistance(f, [g, h]), own, peer, other);
    expect(
      distance(
        three.gradients[0] as number[][],
        zip(towards(peer), towards(other), (x, y) => (x + y) / 2),
      ),
    ).toBeLessThan(1e-6);
  });

  it('lets no gradient flow into the peers, permuted or not', () => {
    const { gradients } = valueAndGradients((f, g, h) => featureDistance(f, [g, h], [tf.tensor1d([2, 0, 1], 'int32')]), own, peer, other);
    expect(gradients.slice(1).flat(2)).toEqual(Array(12).fill(0));
    expect((gradients[0] as number[][]).flat().some((x) => Math.abs(x) > 0.1)).toBe(true);
  });

  it('compares neuron a with the peer’s neuron π(a): a permuted copy lies at distance 0', () => {
    // peer[:, π(a)] = own[:, a] for π = (2, 0, 1)
    const permuted = own.map(([a = 0, b = 0, c = 0]) => [b, c, a]);
    const raw = valueAndGradients((f, g) => featureDistance(f, [g]), own, permuted);
    const aligned = valueAndGradients((f, g) => featureDistance(f, [g], [tf.tensor1d([2, 0, 1], 'int32')]), own, permuted);
    expect(raw.value).toBeGreaterThan(1);
    expect(aligned.value).toBe(0);
    expect(aligned.gradients.flat(2).every((x) => x === 0)).toBe(true);
  });
});
