import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataFolders } from '../../data/folders.ts';
import { Stream } from '../../random/stream.ts';

const idx = (shape: number[], values: number[]): Buffer => {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.set([0, 0, 8, shape.length]);
  shape.forEach((extent, k) => {
    header.writeUInt32BE(extent, 4 + 4 * k);
  });
  return Buffer.concat([header, Buffer.from(values)]);
};

const CLASSES = 3;
const EXTENT = 6;

/** Pictures of 6 × 6 pixels: noise, with two rows or columns lighter that tell the class. */
const pictures = (size: number, seed: number): { images: Buffer; labels: Buffer } => {
  const draw = new Stream(seed, 'noise');
  const labels = Array.from({ length: size }, (_, k) => k % CLASSES);
  const images = labels.flatMap((label) =>
    Array.from({ length: EXTENT * EXTENT }, (_, pixel) => {
      const line = label === 0 ? pixel % EXTENT : Math.floor(pixel / EXTENT);
      const lit = label === 2 ? line > 3 : line < 2;
      return Math.floor(draw.between(0, 160) + (lit ? 60 : 0));
    }),
  );
  return { images: idx([size, EXTENT, EXTENT], images), labels: idx([size], labels) };
};

export type TinyData = { readonly folders: DataFolders; readonly root: string; remove(): Promise<void> };

/** A dataset `tiny` in a folder of its own: 240 training and 60 test pictures of 6 × 6 pixels in three classes. */
export const makeTinyData = async (): Promise<TinyData> => {
  const root = await mkdtemp(join(tmpdir(), 'studyhall-tiny-'));
  const folder = join(root, 'data', 'tiny');
  await mkdir(folder, { recursive: true });
  for (const [stem, { images, labels }] of Object.entries({ train: pictures(240, 1), t10k: pictures(60, 2) })) {
    await writeFile(join(folder, `${stem}-images-idx3-ubyte`), images);
    await writeFile(join(folder, `${stem}-labels-idx1-ubyte`), labels);
  }
  return {
    folders: { data: join(root, 'data'), cache: join(root, 'cache') },
    root,
    remove: () => rm(root, { recursive: true, force: true }),
  };
};
