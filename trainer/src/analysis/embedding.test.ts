import { describe, expect, it } from 'vitest';
import { embed, embedding, standardise } from './embedding.ts';
import { analysedOf, networkOf, predictor, tinyData } from './testing/tiny.ts';

const options = { split: 'VALIDATION', samples: 10, perplexity: 5, neighbours: 5, seed: 3 } as const;

describe('an embedding', () => {
  it.each(['TSNE', 'UMAP'] as const)('by %s is the same for the same seed, and brings together what is near', async (method) => {
    const rows = Array.from({ length: 24 }, (_, k) => [k % 2 === 0 ? 0 : 50, k % 7, k % 5]);
    const [first, again] = [
      await embed(rows, { ...options, method }, () => undefined),
      await embed(rows, { ...options, method }, () => undefined),
    ];
    expect(again).toEqual(first);
    const apart = (a: number, b: number) =>
      Math.hypot((first.x[a] as number) - (first.x[b] as number), (first.y[a] as number) - (first.y[b] as number));
    const mean = (of: (k: number) => number) => Array.from({ length: 22 }, (_, k) => of(k)).reduce((sum, value) => sum + value, 0) / 22;
    expect(mean((k) => apart(k, k + 2))).toBeLessThan(mean((k) => apart(k, k + 1)));
  });

  it('holds as many points of each network, on the same samples', async () => {
    const predict = predictor();
    const networks = [analysedOf(networkOf('mlp-4')), analysedOf(networkOf('mlp-4'), 2)];
    const { maps } = await embedding({ networks, reference: null }, predict, tinyData(), { ...options, method: 'UMAP' });
    expect(maps[0]?.network).toEqual([...new Array(10).fill(0), ...new Array(10).fill(1)]);
    expect(maps[0]?.sample.slice(0, 10)).toEqual(maps[0]?.sample.slice(10));
    await expect(
      embedding({ networks: [networks[0] as never, analysedOf(networkOf('mlp-5'))], reference: null }, predict, tinyData(), {
        ...options,
        method: 'UMAP',
      }),
    ).rejects.toThrow('have 4 and 5 numbers');
    await predict.dispose();
  });

  it('standardises: each feature has mean 0, all together a mean square of 1', () => {
    expect([...standardise(Float32Array.of(1, 10, 3, 10), 2)]).toEqual([-Math.SQRT2, 0, Math.SQRT2, 0].map(Math.fround));
  });
});
