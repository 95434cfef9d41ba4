import { alive } from '../../alive.ts';
import { Stream } from '../../random/stream.ts';
import { contentHash, type Dataset, type Samples } from '../dataset.ts';
import { SHAPES } from './outlines.ts';
import { drawScene, Renderer } from './scene.ts';

/** Raised whenever a byte of the generated data changes. */
export const GENERATOR_VERSION = 1;

const SEED = 20_240_501;
const SPLIT = { train: 0, test: 1 } as const;

export type Extent = 16 | 32;

export const SHAPES_SIZE = { train: 8_000, test: 2_000 } as const;

/** Content hashes of this version: known without generating, proven by a test. */
export const SHAPES_HASH: Readonly<Record<Extent, string>> = {
  16: 'sha256:9bf90a1465c9fa2f7f25563d401e14719be12baae86c3272934aeebe4a04d783',
  32: 'sha256:a6238b3a18d5800c23f1951465dbf74f3b28a3ff9ac082181cb42416476a5c5f',
};

/** Views and classes. */
export const shapesContent = (extent: Extent): Pick<Dataset, 'views' | 'classes'> => ({
  views: [
    { name: 'rgb', shape: [extent, extent, 3] },
    { name: 'depth', shape: [extent, extent, 1] },
  ],
  classes: SHAPES.map(({ name, superclass }) => ({ name, superclass })),
});

const generateSplit = (extent: Extent, split: number, size: number): Samples => {
  const rgb = new Uint8Array(size * extent * extent * 3);
  const depth = new Uint8Array(size * extent * extent);
  const labels = Int32Array.from({ length: size }, (_, index) => index % SHAPES.length);
  new Stream(SEED, 'shuffle', split).shuffle(labels);
  const renderer = new Renderer(extent);
  for (let index = 0; index < size; index++) {
    const scene = drawScene(new Stream(SEED, 'scene', split, index), labels[index] as number);
    renderer.render(scene, new Stream(SEED, 'noise', split, index, extent), index, rgb, depth);
    alive();
  }
  return { size, labels, views: { rgb, depth } };
};

/**
 * The generated dataset `shapes`: one of 20 shapes per picture, with nuisance in place, size, rotation, colour, clutter, noise and
 * occlusion, and the depth map of the same scene as a second view. 16 and 32 show the same scenes. Always the same bytes.
 */
export const generateShapes = (extent: Extent): Dataset => {
  const content = {
    ...shapesContent(extent),
    train: generateSplit(extent, SPLIT.train, SHAPES_SIZE.train),
    test: generateSplit(extent, SPLIT.test, SHAPES_SIZE.test),
  };
  return { name: `shapes-${extent}`, hash: contentHash(content), ...content, trainSize: SHAPES_SIZE.train, testSize: SHAPES_SIZE.test };
};
