import { describe, expect, it } from 'vitest';
import { BatchReader, epochOrder, measureViews } from './batches.ts';
import type { Dataset, Samples } from './dataset.ts';

const samples = (pixels: number[], depth: number[], labels: number[]): Samples => ({
  size: labels.length,
  labels: Int32Array.from(labels),
  views: { rgb: Uint8Array.from(pixels), depth: Float32Array.from(depth) },
});

/** Three pictures of 2 × 2 pixels with two channels, and a view of floats. */
const dataset: Dataset = {
  name: 'tiny',
  hash: '',
  views: [
    { name: 'rgb', shape: [2, 2, 2] },
    { name: 'depth', shape: [2, 2, 1] },
  ],
  classes: [
    { name: 'a', superclass: null },
    { name: 'b', superclass: null },
  ],
  train: samples(
    [0, 10, 2, 10, 4, 10, 6, 10, 1, 10, 3, 10, 5, 10, 7, 10, 0, 10, 7, 10, 2, 10, 5, 10],
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
    [0, 1, 1],
  ),
  test: samples([0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0], [0]),
  trainSize: 3,
  testSize: 1,
};

const normalisation = measureViews(dataset, ['rgb', 'depth']);
const reader = new BatchReader(dataset, dataset.train, normalisation);
const plain = { flip: false, cropPadding: 0 };

describe('BatchReader', () => {
  it('normalises each channel to mean 0 and deviation 1; a constant channel is only centred', () => {
    const batch = reader.allocate(3, ['rgb']);
    reader.read(Int32Array.of(0, 1, 2), 0, batch);
    const images = batch['images.rgb'] as Float32Array;
    const first = images.filter((_, k) => k % 2 === 0);
    expect(first.reduce((sum, x) => sum + x, 0)).toBeCloseTo(0, 5);
    expect(first.reduce((sum, x) => sum + x * x, 0) / first.length).toBeCloseTo(1, 5);
    expect(new Set(images.filter((_, k) => k % 2 === 1))).toEqual(new Set([0]));
    expect(Object.keys(batch)).toEqual(['images.rgb', 'targets', 'sampleWeights']);
  });

  it('gives one-hot targets, and weight 0 beyond the end', () => {
    const batch = reader.allocate(2, ['depth']);
    expect(reader.read(Int32Array.of(0, 2, 1), 2, batch)).toBe(1);
    expect(batch.targets).toEqual(Float32Array.of(0, 1, 0, 0));
    expect(batch.sampleWeights).toEqual(Float32Array.of(1, 0));
  });

  it('gives weight 0 to a sample whose label is not used, and its target all the same', () => {
    const partly = new BatchReader(dataset, dataset.train, normalisation, Int32Array.of(0, 2));
    const batch = partly.allocate(3, ['depth']);
    partly.readAugmented(Int32Array.of(2, 1, 0), 0, batch, { flip: true, cropPadding: 0 }, 1, 1);
    expect(batch.sampleWeights).toEqual(Float32Array.of(1, 0, 1));
    expect(batch.targets).toEqual(Float32Array.of(0, 1, 0, 1, 1, 0));
  });

  it('changes all views of a sample alike, by seed, epoch and place, and only then', () => {
    const settings = { flip: true, cropPadding: 1 };
    const indices = Int32Array.of(0, 1, 2);
    const draw = (seed: number, epoch: number) => {
      const batch = reader.allocate(3, ['rgb', 'depth']);
      reader.readAugmented(indices, 0, batch, settings, seed, epoch);
      return batch;
    };
    expect(draw(1, 1)).toEqual(draw(1, 1));
    const drawn = [1, 2, 3, 4, 5, 6].map((epoch) => (draw(1, epoch)['images.depth'] as Float32Array).join());
    expect(new Set(drawn).size).toBeGreaterThan(3);
    const unchanged = reader.allocate(3, ['rgb']);
    reader.readAugmented(indices, 0, unchanged, plain, 1, 1);
    const read = reader.allocate(3, ['rgb']);
    reader.read(indices, 0, read);
    expect(unchanged).toEqual(read);
  });

  it('flips and shifts as it says', () => {
    const batch = reader.allocate(1, ['depth']);
    const undo = ([factor, offset]: [number, number]) =>
      (batch['images.depth'] as Float32Array).map((x) => Math.round((x - offset) / factor));
    const { factor, offset } = normalisation.get('depth') as { factor: Float64Array; offset: Float64Array };
    const seen = new Set<string>();
    for (let epoch = 1; epoch <= 200; epoch++) {
      reader.readAugmented(Int32Array.of(0), 0, batch, { flip: true, cropPadding: 0 }, 0, epoch);
      seen.add(undo([factor[0] as number, offset[0] as number]).join());
    }
    expect(seen).toEqual(new Set(['1,2,3,4', '2,1,4,3']));
    seen.clear();
    for (let epoch = 1; epoch <= 200; epoch++) {
      reader.readAugmented(Int32Array.of(0), 0, batch, { flip: false, cropPadding: 1 }, 0, epoch);
      seen.add(undo([factor[0] as number, offset[0] as number]).join());
    }
    // A shift by one in either direction reflects to the other row or column.
    expect(seen).toEqual(new Set(['1,2,3,4', '3,4,1,2', '2,1,4,3', '4,3,2,1']));
  });
});

describe('epochOrder', () => {
  it('is a permutation, named by seed and epoch', () => {
    const train = Int32Array.of(3, 5, 7, 9, 11, 13);
    const order = epochOrder(train, 1, 1);
    expect([...order].sort((a, b) => a - b)).toEqual([...train]);
    expect(epochOrder(train, 1, 1)).toEqual(order);
    expect(epochOrder(train, 1, 2)).not.toEqual(order);
    expect(epochOrder(train, 2, 1)).not.toEqual(order);
  });
});
