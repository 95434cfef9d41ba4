import { mkdtemp, readdir, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generateShapes, SHAPES_HASH } from './generate.ts';
import { shapesSource } from './source.ts';

describe('the generated dataset', () => {
  it.each([16, 32] as const)('shapes-%i is always the same bytes', (extent) => {
    expect(generateShapes(extent).hash).toBe(SHAPES_HASH[extent]);
  });

  it('holds twenty classes in five superclasses of four, equally often', () => {
    const { classes, train, views } = generateShapes(16);
    const superclasses = [...new Set(classes.map(({ superclass }) => superclass))];
    expect(superclasses.map((name) => classes.filter(({ superclass }) => superclass === name).length)).toEqual([4, 4, 4, 4, 4]);
    const counts = new Int32Array(20);
    for (const label of train.labels) counts[label] = (counts[label] as number) + 1;
    expect(new Set(counts)).toEqual(new Set([400]));
    expect(views).toEqual([
      { name: 'rgb', shape: [16, 16, 3] },
      { name: 'depth', shape: [16, 16, 1] },
    ]);
  });

  it('is kept once made, and made anew when what was kept is damaged', async () => {
    const cache = await mkdtemp(join(tmpdir(), 'studyhall-shapes-'));
    const source = shapesSource(16, cache);
    const first = await source.load();
    const [kept] = await readdir(cache);
    expect((await source.load()).hash).toBe(first.hash);
    await truncate(join(cache, kept as string), 5000);
    expect((await source.load()).hash).toBe(SHAPES_HASH[16]);
    expect(await source.describe()).toMatchObject({ name: 'shapes-16', hash: first.hash, trainSize: 8000, testSize: 2000 });
    await rm(cache, { recursive: true });
  });
});
