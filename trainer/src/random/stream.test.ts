import { describe, expect, it } from 'vitest';
import { Stream } from './stream.ts';

const draws = (stream: Stream, n = 6) => Array.from({ length: n }, () => stream.word());

describe('Stream', () => {
  it('repeats itself under the same name and differs under any other', () => {
    const names: ConstructorParameters<typeof Stream>[] = [
      [1, 'init'],
      [2, 'init'],
      [1, 'shuffle'],
      [1, 'init', 1],
      [1, 'init', 0, 1],
      [1, 'init', 0, 0, 1],
    ];
    for (const name of names) expect(draws(new Stream(...name))).toEqual(draws(new Stream(...name)));
    expect(new Set(names.map((name) => draws(new Stream(...name)).join())).size).toBe(names.length);
  });

  it('draws normals of mean 0 and variance 1', () => {
    const stream = new Stream(3, 'noise');
    const sample = Array.from({ length: 20_000 }, () => stream.normal());
    const mean = sample.reduce((sum, x) => sum + x, 0) / sample.length;
    const variance = sample.reduce((sum, x) => sum + (x - mean) ** 2, 0) / sample.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
  });

  it('drops with exactly the probability asked for, also between two 256ths, and keeps the rest alike', () => {
    // 0.3 · 256 = 76.8: deciding by eight bits alone would drop 0.297 or 0.301.
    const n = 1_000_000;
    const numbers = new Float32Array(n);
    for (const probability of [0.3, 0.5, 0.002]) {
      new Stream(5, 'dropout', 1, 2, 3).drop(numbers, probability, 2);
      const dropped = numbers.reduce((count, x) => count + Number(x === 0), 0);
      expect(Math.abs(dropped - probability * n)).toBeLessThan(4 * Math.sqrt(n * probability * (1 - probability)));
      expect(new Set(numbers)).toEqual(new Set([0, 2]));
    }
    new Stream(5, 'dropout').drop(numbers, 0, 2);
    expect(numbers.every((x) => x === 2)).toBe(true);
  });

  it('drops neighbours, and places four and sixteen apart, independently of each other', () => {
    const numbers = new Float32Array(400_000);
    new Stream(6, 'dropout').drop(numbers, 0.4, 1);
    for (const distance of [1, 2, 3, 4, 16]) {
      const pairs = numbers.subarray(distance).reduce((count, x, k) => count + Number(x === 0 && numbers[k] === 0), 0);
      expect(pairs / (numbers.length - distance)).toBeCloseTo(0.16, 2);
    }
  });

  it('shuffles into a permutation in which every item reaches every place about equally often', () => {
    const stream = new Stream(4, 'shuffle');
    const counts = new Int32Array(16);
    for (let n = 0; n < 4000; n++) {
      const items = [0, 1, 2, 3];
      stream.shuffle(items);
      expect([...items].sort()).toEqual([0, 1, 2, 3]);
      items.forEach((item, place) => {
        counts[item * 4 + place] = (counts[item * 4 + place] as number) + 1;
      });
    }
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(130);
  });
});
