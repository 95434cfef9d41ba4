import { describe, expect, it } from 'vitest';
import { inBatches } from './in-batches.ts';

const ids = Array.from({ length: 450 }, (_, place) => `run_${String(449 - place).padStart(3, '0')}`);
const done = (batch: string[]) => Promise.resolve(batch.map((id) => ({ id, refusal: null })));

describe('many runs at once', () => {
  it('go to the API 200 at a time, the earliest first', async () => {
    const sizes: number[] = [];
    const seen: number[] = [];
    const act = (batch: string[]) => {
      sizes.push(batch.length);
      return done(batch);
    };
    const outcomes = await inBatches(ids, act, { onProgress: (count) => seen.push(count), describe: String });
    expect(sizes).toEqual([200, 200, 50]);
    expect(seen).toEqual([200, 400, 450]);
    expect(outcomes[0]?.id).toBe('run_000');
  });

  it('that a failing answer cut off say so, each', async () => {
    let calls = 0;
    const act = (batch: string[]) => {
      calls += 1;
      return calls === 2 ? Promise.reject(new Error('gone')) : done(batch);
    };
    const outcomes = await inBatches(ids, act, { onProgress: () => {}, describe: (error) => (error as Error).message });
    expect(outcomes).toHaveLength(450);
    expect(outcomes.filter(({ refusal }) => refusal === 'gone')).toHaveLength(250);
  });
});
