import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DatasetSource } from '../dataset.ts';
import { idxFormat } from './idx-folder.ts';

const idx = (shape: number[], values: number[]): Buffer => {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.set([0, 0, 8, shape.length]);
  shape.forEach((extent, k) => {
    header.writeUInt32BE(extent, 4 + 4 * k);
  });
  return Buffer.concat([header, Buffer.from(values)]);
};

/** Three training and two test images of 1 × 2 pixels in two classes. */
const files = (): Record<string, Buffer> => ({
  'train-images-idx3-ubyte': idx([3, 1, 2], [0, 1, 2, 3, 4, 5]),
  'train-labels-idx1-ubyte.gz': gzipSync(idx([3], [0, 1, 1])),
  't10k-images-idx3-ubyte.gz': gzipSync(idx([2, 1, 2], [6, 7, 8, 9])),
  't10k-labels-idx1-ubyte': idx([2], [1, 0]),
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'studyhall-idx-'));
});
afterEach(() => rm(folder, { recursive: true }));

const open = async (content: Record<string, Buffer>) => {
  for (const [name, bytes] of Object.entries(content)) await writeFile(join(folder, name), bytes);
  expect(idxFormat.recognises(Object.keys(content))).toBe(true);
  return idxFormat.sources('tiny', folder, Object.keys(content))[0] as DatasetSource;
};

const failure = async (change: Record<string, Buffer | null>): Promise<string> => {
  const content = Object.fromEntries(
    Object.entries({ ...files(), ...change }).filter((entry): entry is [string, Buffer] => entry[1] !== null),
  );
  const source = await open(content);
  return source.load().then(
    () => 'nothing was wrong',
    (error: Error) => error.message.replaceAll(`${folder}/`, '').replaceAll(folder, 'FOLDER'),
  );
};

describe('an IDX folder', () => {
  it('is read with or without gzip, to the same content and hash', async () => {
    const packed = await (await open(files())).load();
    expect(packed.train.labels).toEqual(Int32Array.of(0, 1, 1));
    expect(packed.test.views.image).toEqual(Uint8Array.of(6, 7, 8, 9));
    expect(packed.views).toEqual([{ name: 'image', shape: [1, 2, 1] }]);
    expect(packed.classes.map(({ name }) => name)).toEqual(['0', '1']);
    const unpacked = await (await open({ ...files(), 't10k-images-idx3-ubyte': idx([2, 1, 2], [6, 7, 8, 9]) })).load();
    expect(unpacked.hash).toBe(packed.hash);
  });

  it('takes the names of its classes from classes.txt', async () => {
    const source = await open({ ...files(), 'classes.txt': Buffer.from('shirt\ncoat\n') });
    expect((await source.describe()).classes.map(({ name }) => name)).toEqual(['shirt', 'coat']);
    expect(await failure({ 'classes.txt': Buffer.from('shirt\n') })).toBe('classes.txt: names 1 classes, but the labels have 2');
  });

  it('takes names as people save them, and in one spelling', async () => {
    for (const text of ['\ufeffKäse\r\ncoat\r\n', 'Käse\rcoat', '\ufeffKa\u0308se\ncoat\n']) {
      const { classes } = await (await open({ ...files(), 'classes.txt': Buffer.from(text, 'utf16le') })).describe();
      expect(classes.map(({ name }) => name)).toEqual(['Käse', 'coat']);
    }
    expect(await failure({ 'classes.txt': Buffer.from('Käse\ncoat\n', 'latin1') })).toMatch(/^classes.txt: line 1 is not UTF-8/);
    expect(await failure({ 'classes.txt': Buffer.from('K\u00e4se\nKa\u0308se\n') })).toBe(
      'FOLDER: two classes are called "Käse"; every name must be another',
    );
    expect(await failure({ 'classes.txt': Buffer.from('a\u0000b\ncoat\n') })).toMatch(
      /the class name "a\\u0000b" holds a control character/,
    );
    expect(await failure({ 'classes.txt': Buffer.from('\ncoat\n') })).toBe('classes.txt: line 1 is empty; every line names a class');
  });

  it('says which file is missing', async () => {
    expect(await failure({ 't10k-labels-idx1-ubyte': null })).toBe('FOLDER: t10k-labels-idx1-ubyte (or .gz) is missing');
  });

  it('says that a file is cut short, gzipped or not', async () => {
    const whole = files();
    expect(await failure({ 'train-images-idx3-ubyte': (whole['train-images-idx3-ubyte'] as Buffer).subarray(0, 20) })).toBe(
      'train-images-idx3-ubyte: cut short; its header says 3 × 1 × 2 = 6 values, but 4 follow',
    );
    expect(await failure({ 't10k-images-idx3-ubyte.gz': (whole['t10k-images-idx3-ubyte.gz'] as Buffer).subarray(0, 25) })).toMatch(
      /^t10k-images-idx3-ubyte.gz: the gzip data is damaged or cut short/,
    );
  });

  it('says that a file is another kind of file', async () => {
    expect(await failure({ 'train-images-idx3-ubyte': idx([3], [0, 1, 1]) })).toMatch(/wrong magic number 00000801; expected 00000803/);
    expect(await failure({ 'train-images-idx3-ubyte': Buffer.from('<html>') })).toMatch(/not an IDX file; .* begins with 3c68746d/);
  });

  it('says that labels and images do not go together', async () => {
    expect(await failure({ 't10k-labels-idx1-ubyte': idx([3], [1, 0, 1]) })).toBe(
      't10k-labels-idx1-ubyte: 3 labels for the 2 images of t10k-images-idx3-ubyte.gz',
    );
    expect(await failure({ 't10k-labels-idx1-ubyte': idx([2], [1, 7]) })).toBe(
      't10k-labels-idx1-ubyte: holds label 7, but training labels end at 1',
    );
    expect(await failure({ 'train-labels-idx1-ubyte.gz': gzipSync(idx([3], [0, 2, 2])) })).toBe(
      'train-labels-idx1-ubyte.gz: no training image has label 1, though labels go up to 2',
    );
    expect(await failure({ 'train-labels-idx1-ubyte.gz': gzipSync(idx([3], [0, 0, 0])) })).toMatch(/every label is 0; .* two classes/);
    expect(await failure({ 'train-images-idx3-ubyte': idx([3, 0, 2], []) })).toBe('train-images-idx3-ubyte: holds no images (3 × 0 × 2)');
    expect(await failure({ 't10k-images-idx3-ubyte.gz': gzipSync(idx([2, 2, 2], Array(8).fill(0))) })).toBe(
      'FOLDER: training images are 1 × 2 × 1, test images 2 × 2 × 1',
    );
  });
});
