import { expect, it } from 'vitest';
import { picturesOf } from './pictures.ts';
import { tinyData } from './testing/tiny.ts';

it('of numbers are stretched from the least to the greatest, grey where there is one channel; absent of what is no picture', () => {
  const data = tinyData();
  const samples = { split: 'TEST', indices: Int32Array.of(3, 0), labels: Int32Array.of(0, 0), reader: data.testReader } as const;
  const pictures = picturesOf(data, 'pixels', samples);
  expect(pictures).toMatchObject({ width: 4, height: 4, samples: [3, 0] });
  const bytes = Buffer.from(pictures?.data ?? '', 'base64');
  expect(bytes.length).toBe(2 * 16 * 3);
  const first = bytes.subarray(0, 48);
  expect([Math.min(...first), Math.max(...first)]).toEqual([0, 255]);
  for (let pixel = 0; pixel < 48; pixel += 3) expect(first[pixel]).toBe(first[pixel + 2]);
  expect(picturesOf({ ...data, dataset: { ...data.dataset, views: [{ name: 'pixels', shape: [16, 1] }] } }, 'pixels', samples)).toBeNull();
});
