import { totalmem } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkStateSize } from './state-size.ts';
import { alone, Bench } from './testing/bench.ts';

describe('networks that do not fit into memory', () => {
  const state = { weights: { shape: [1000], dtype: 'float32' }, velocity: { shape: [1000], dtype: 'float32' } } as const;

  it('are refused where two copies of their vectors are more than there is', () => {
    expect(() => checkStateSize(state, 16_000)).not.toThrow();
    expect(() => checkStateSize(state, 15_999)).toThrow('the networks are too large for this machine: weights and optimizer alone take');
  });
});

describe('a run of networks that do not fit', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
  });
  afterAll(() => bench.remove());

  // 16 mlps of 8 layers of 8,192: 16 · 470 million weights, three vectors, two copies.
  const bytes = 16 * 7 * 8192 ** 2 * 4 * 3 * 2;
  const tooLarge = bytes > totalmem();
  if (!tooLarge) console.warn('SKIPPED: this machine has memory for the largest cohort there may be');

  it.skipIf(!tooLarge)('ends at once, with what would fit, instead of being killed', async () => {
    const networks = Array.from({ length: 16 }, () => ({ model: `mlp${'-8192'.repeat(8)}` }));
    const spec = { ...alone, networks, training: { ...alone.training, optimizer: { adam: {} } } };
    await expect(bench.run(bench.job(spec))).rejects.toThrow(
      /too large for this machine: .* take \d+\.\d GiB, and it has \d+\.\d GiB of memory/,
    );
  });
});
