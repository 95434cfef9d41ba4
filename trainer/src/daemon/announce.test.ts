import { describe, expect, it } from 'vitest';
import type { Survey } from '../data/describe.ts';
import { announceDatasets } from './announce.ts';

const dataset = (name: string, classes: number, length: number): Survey['usable'][number] => ({
  origin: `/data/${name}`,
  remark: null,
  description: {
    name,
    hash: `sha256:${'0'.repeat(64)}`,
    views: [{ name: 'image', shape: [1, 1, 1] }],
    classes: Array.from({ length: classes }, (_, label) => ({ name: String(label).padStart(length, 'x'), superclass: null })),
    trainSize: classes,
    testSize: 1,
  },
});

describe('what is announced of datasets', () => {
  it('is all of them but those whose class names are more than a registration carries', () => {
    const usable = [dataset('a', 10, 5), dataset('huge', 60_000, 100), dataset('b', 1000, 20)];
    const { datasets, leftOut } = announceDatasets({ usable, unusable: [] });
    expect(datasets.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(leftOut).toEqual([
      {
        name: 'huge',
        reason: 'the names of its 60000 classes take 7.80 MB; those of all datasets of a trainer may take 6.00 MB.',
      },
    ]);
  });

  it('fits into the 8 MB of a registration, whatever cannot be used', () => {
    const unusable = Array.from({ length: 20_000 }, (_, k) => ({ name: `d-${k}`, origin: '/data', reason: 'x'.repeat(2000) }));
    expect(JSON.stringify(announceDatasets({ usable: [dataset('a', 50_000, 60)], unusable })).length).toBeLessThan(8e6);
  });
});
