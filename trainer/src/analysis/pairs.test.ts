import { describe, expect, it } from 'vitest';
import { concatenate } from '../nn/concatenate.ts';
import { Stream } from '../random/stream.ts';
import type { Analysed } from './analysed.ts';
import { barrierOf } from './barrier.ts';
import { centre, debiasedCka } from './cka.ts';
import { distanceOf, productsOf } from './distance.ts';
import { pairs } from './pairs.ts';
import { drawPermutations, permute } from './permutation/permute.ts';
import { structureOf } from './permutation/structure.ts';
import { analysedOf, networkOf, predictor, tinyData } from './testing/tiny.ts';

const normal = (length: number, seed: number) => {
  const stream = new Stream(seed, 'noise');
  return Float32Array.from({ length }, () => stream.normal());
};

/** X·Xᵀ of rows [n, width]. */
const gram = (rows: Float32Array, n: number) => {
  const width = rows.length / n;
  const centred = centre(rows.slice(), n);
  return Float32Array.from({ length: n * n }, (_, k) => {
    let sum = 0;
    for (let c = 0; c < width; c++) sum += (centred[Math.floor(k / n) * width + c] as number) * (centred[(k % n) * width + c] as number);
    return sum;
  });
};

describe('debiased linear CKA', () => {
  const n = 40;
  it('is 1 for features that were rotated, scaled and shifted', () => {
    const rows = normal(n * 2, 1);
    const [cos, sin] = [Math.cos(1), Math.sin(1)];
    const rotated = Float32Array.from(rows, (_, k) => {
      const [x, y] = [rows[k - (k % 2)] as number, rows[k - (k % 2) + 1] as number];
      return 3 * (k % 2 === 0 ? cos * x - sin * y : sin * x + cos * y) + 5;
    });
    expect(debiasedCka(gram(rows, n), gram(rotated, n), n)).toBeCloseTo(1, 5);
  });

  it('is near 0 for features that have nothing in common, also where they are more than the samples', () => {
    expect(Math.abs(debiasedCka(gram(normal(n * 500, 2), n), gram(normal(n * 500, 3), n), n) ?? 1)).toBeLessThan(0.08);
  });

  it('is absent for constant features and for fewer than four samples', () => {
    expect(debiasedCka(new Float32Array(16), new Float32Array(16), 4)).toBeNull();
    expect(debiasedCka(new Float32Array(9), new Float32Array(9), 3)).toBeNull();
  });
});

describe('the distance of features', () => {
  it('of permuted ones is 0 after the permutation, and not before', () => {
    const one = normal(60, 4);
    const order = [2, 0, 1];
    const other = Float32Array.from(one, (_, k) => one[k - (k % 3) + (order[k % 3] as number)] as number);
    const { raw, aligned, norms } = distanceOf(one, other, productsOf(one, other, 3), 3);
    expect(raw).toBeGreaterThan(10);
    expect(aligned / norms).toBeLessThan(1e-6);
  });

  it('is by hand what it is: features (1, 0) and (0, 2)', () => {
    const [one, other] = [Float32Array.of(1, 0), Float32Array.of(0, 2)];
    expect(distanceOf(one, other, productsOf(one, other, 2), 2)).toEqual({ raw: 5, aligned: 1, norms: 5 });
  });
});

it('a barrier is how far the loss rises above the line between both ends', () => {
  expect(barrierOf({ lambdas: [0, 0.5, 1], losses: [1, 4, 3] })).toBe(2);
  expect(barrierOf({ lambdas: [0, 0.5, 1], losses: [1, 2, 3] })).toBe(0);
  expect(barrierOf({ lambdas: [0, 0.5, 1], losses: [1, Number.NaN, 3] })).toBeNull();
});

/** A network with statistics as if it had been trained, and its own copy with every group of neurons permuted. */
const withCopy = (model: string): [Analysed, Analysed] => {
  const network = networkOf(model);
  const statistics = concatenate(
    network.statistics.map(({ name, shape }, k) =>
      Float32Array.from(normal(shape[0] as number, k), (value) => (name.endsWith('variance') ? 0.5 + value * value : 0.1 * value)),
    ),
  );
  const one = analysedOf(network, 5, { statistics });
  const groups = structureOf(network) ?? [];
  return [one, { ...one, ...permute(network, one, groups, drawPermutations(groups, 9)), label: 'copy' }];
};

describe('a network against its own permuted copy', () => {
  it.each(['mlp-6-5', 'cnn-2', 'resnet-8'])(
    '%s: equal logits, raw distance large, aligned distance 0, CKA 1, no barrier once aligned',
    async (model) => {
      const [one, copy] = withCopy(model);
      const data = tinyData();
      const predict = predictor();
      const { figures, tables, charts } = await pairs({ networks: [one, copy], reference: null }, predict, data, {
        samples: 16,
        barrierPoints: model === 'resnet-8' ? 3 : 5,
        seed: 0,
      });
      await predict.dispose();
      const value = (name: string) => figures.find(({ measure }) => measure === name)?.value ?? Number.NaN;
      expect(value('disagreement')).toBe(0);
      expect(value('featureDistance')).toBeGreaterThan(0.01);
      expect(value('alignedDistance')).toBeLessThan(1e-4);
      expect(value('cka')).toBeCloseTo(1, 3);
      expect(value('alignedBarrier')).toBeLessThan(1e-3);
      expect(value('alignedBarrier')).toBeGreaterThan(-1e-3);
      // Of every layer.
      for (const { values } of tables[0]?.rows ?? []) {
        expect(values[2]).toBeGreaterThan(0);
        expect(values[3]).toBeLessThan(1e-4);
        expect(values[4]).toBeCloseTo(1, 3);
      }
      const losses = charts[0]?.lines[1]?.values ?? [];
      for (const loss of losses) expect(loss).toBeCloseTo(losses[0] as number, 3);
      const profile = charts.find(({ key }) => key === 'profile.0');
      expect(profile?.x.names).toEqual(tables[0]?.rows.map(({ label }) => label));
      expect(profile?.lines[0]?.values).toEqual(tables[0]?.rows.map(({ values }) => values[2]));
    },
  );

  it('is made where one network is named alone, and computes the same', async () => {
    const [one] = withCopy('mlp-6-5');
    const predict = predictor();
    const { tables, notes } = await pairs({ networks: [one], reference: null }, predict, tinyData(), {
      samples: 16,
      barrierPoints: 0,
      seed: 3,
    });
    await predict.dispose();
    expect(tables).toHaveLength(1);
    expect(notes[0]).toContain('The permuted copy computes the same');
  });
});

it('networks of different shapes are compared by CKA alone', async () => {
  const predict = predictor();
  const networks = [analysedOf(networkOf('mlp-6')), analysedOf(networkOf('mlp-4'), 2)];
  const { tables, charts } = await pairs({ networks, reference: null }, predict, tinyData(), { samples: 16, barrierPoints: 5, seed: 0 });
  await predict.dispose();
  expect(charts).toEqual([]);
  expect(tables[0]?.rows.map(({ label }) => label)).toEqual(['last']);
  expect(tables[0]?.rows[0]?.values.slice(0, 4)).toEqual([null, null, null, null]);
});
