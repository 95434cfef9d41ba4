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

  // An mlp of 8 layers of 8,192: 470 million weights, three vectors, two copies.
  const bytes = 7 * 8192 ** 2 * 4 * 3 * 2;
  const largest = { model: `mlp${'-8192'.repeat(8)}` };
  const training = { ...alone.training, optimizer: { adam: {} } };
  const refused = /too large for this machine: .* take \d+\.\d GiB, and it has \d+\.\d GiB of memory/;
  const fits = (count: number): boolean => {
    if (count * bytes <= totalmem()) console.warn(`SKIPPED: this machine has memory for ${count} of the largest networks there may be`);
    return count * bytes <= totalmem();
  };

  it.skipIf(fits(16))('ends at once, with what would fit, instead of being killed', async () => {
    const spec = { ...alone, networks: Array.from({ length: 16 }, () => largest), training };
    await expect(bench.run(bench.job(spec))).rejects.toThrow(refused);
  });

  it.skipIf(fits(8))('also where it is the teachers it would train that do not', async () => {
    const teachers = Array.from({ length: 8 }, () => ({ trained: { network: largest } }));
    await expect(bench.run(bench.job({ ...alone, method: { distillation: { teachers } }, training }))).rejects.toThrow(refused);
  });
});
