import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findDataset, listDatasets } from '../catalogue.ts';
import { surveyDatasets } from '../describe.ts';

/** Red is 1, green 2, blue 3, but for a last pixel of 7, 8, 9. */
const record = (...labels: number[]): Buffer => {
  const planes = [1, 2, 3].map((value) => {
    const plane = Buffer.alloc(1024, value);
    plane[1023] = value + 6;
    return plane;
  });
  return Buffer.concat([Buffer.from(labels), ...planes]);
};

const lines = (count: number, word: string) => Buffer.from(Array.from({ length: count }, (_, k) => `${word}-${k}\n`).join(''));

const hundred = (): Record<string, Buffer> => ({
  'train.bin.gz': gzipSync(Buffer.concat([record(4, 0), record(19, 99)])),
  'test.bin': record(19, 99),
  'fine_label_names.txt': lines(100, 'fine'),
  'coarse_label_names.txt': lines(20, 'coarse'),
});

const ten = (): Record<string, Buffer> => ({
  ...Object.fromEntries([1, 2, 3, 4, 5].map((k) => [`data_batch_${k}.bin`, record(k)])),
  'test_batch.bin.gz': gzipSync(record(9)),
});

let data: string;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'studyhall-cifar-'));
});
afterEach(() => rm(data, { recursive: true }));

const write = async (files: Record<string, Buffer | null>) => {
  await mkdir(join(data, 'cifar'), { recursive: true });
  for (const [name, bytes] of Object.entries(files)) if (bytes !== null) await writeFile(join(data, 'cifar', name), bytes);
};

const folders = () => ({ data, cache: join(data, 'cache') });
const load = async (name = 'cifar') => (await findDataset(name, folders())).load();

const failure = async (files: Record<string, Buffer | null>): Promise<string> => {
  await write(files);
  return load().then(
    () => 'nothing was wrong',
    (error: Error) => error.message.replaceAll(`${data}/cifar`, 'FOLDER'),
  );
};

describe('a CIFAR-100 folder', () => {
  it('is a dataset of fine labels with superclasses, and one of coarse labels', async () => {
    await write(hundred());
    const names = (await listDatasets(folders())).map(({ name }) => name);
    expect(names.filter((name) => name.startsWith('cifar'))).toEqual(['cifar', 'cifar-coarse']);
    const fine = await load();
    expect(fine.train.labels).toEqual(Int32Array.of(0, 99));
    expect(fine.classes).toHaveLength(100);
    expect(fine.classes[0]).toEqual({ name: 'fine-0', superclass: 'coarse-4' });
    expect(fine.classes[99]).toEqual({ name: 'fine-99', superclass: 'coarse-19' });
    const coarse = await load('cifar-coarse');
    expect(coarse.train.labels).toEqual(Int32Array.of(4, 19));
    expect(coarse.classes.map(({ name }) => name).slice(0, 2)).toEqual(['coarse-0', 'coarse-1']);
    expect(coarse.hash).not.toBe(fine.hash);
  });

  it('has its planes of colour woven into pixels', async () => {
    await write(hundred());
    const { views, test } = await load();
    expect(views).toEqual([{ name: 'image', shape: [32, 32, 3] }]);
    expect([...(test.views.image as Uint8Array).subarray(0, 6)]).toEqual([1, 2, 3, 1, 2, 3]);
    expect([...(test.views.image as Uint8Array).subarray(-3)]).toEqual([7, 8, 9]);
  });

  it('is told from the published one by its size: a file cut at the end of a record looks like a subset', async () => {
    await write(hundred());
    const { usable } = await surveyDatasets(folders());
    const remarks = Object.fromEntries(usable.map(({ description, remark }) => [description.name, remark]));
    const remark = 'published with 50000 and 10000: a subset, or files cut short at the end of a record';
    expect(remarks).toMatchObject({ cifar: remark, 'cifar-coarse': remark, 'shapes-16': null });
  });

  it('refuses the training file under the name of the test file', async () => {
    expect(await failure({ ...hundred(), 'test.bin': Buffer.concat([record(4, 0), record(19, 99)]) })).toBe(
      "FOLDER: training and test split hold the same 2 samples; one's files lie under the other's names",
    );
  });

  it('says what is missing, cut short, mislabelled or of another kind', async () => {
    expect(await failure({ ...hundred(), 'test.bin': null })).toBe('FOLDER: test.bin (or .gz) is missing');
    expect(await failure({ 'test.bin': record(1, 1).subarray(0, 3000) })).toMatch(
      /test.bin: 3,000 bytes are not a multiple of 3,074 .*cut short/,
    );
    expect(await failure({ 'test.bin': record(1) })).toMatch(/records of 3,073 bytes, as CIFAR-10 has them/);
    expect(await failure({ 'test.bin': Buffer.alloc(0) })).toBe('FOLDER/test.bin: holds no records');
    expect(await failure({ 'test.bin': record(20, 0) })).toBe('FOLDER/test.bin: record 0 has coarse label 20; it must be below 20');
    expect(await failure({ 'test.bin': record(5, 0) })).toMatch(/fine label 0 comes with the coarse labels 4 and 5/);
    expect(await failure({ 'test.bin': record(4, 0), 'fine_label_names.txt': lines(99, 'fine') })).toMatch(/names 99 classes, but .* 100/);
    expect(await failure({ 'fine_label_names.txt': Buffer.from('cat\n'.repeat(100)) })).toMatch(/the class "cat" is named twice/);
    expect(await failure({ 'train.bin.gz': gzipSync(record(1, 1)).subarray(0, 30) })).toMatch(/damaged or cut short/);
  });
});

describe('a CIFAR-10 folder', () => {
  it('is its five batches one after the other, and the test batch', async () => {
    await write({ ...ten(), 'batches.meta.txt': lines(10, 'class') });
    const { train, test, classes } = await load();
    expect(train.labels).toEqual(Int32Array.of(1, 2, 3, 4, 5));
    expect(train.views.image).toHaveLength(5 * 3072);
    expect(test.labels).toEqual(Int32Array.of(9));
    expect(classes[3]).toEqual({ name: 'class-3', superclass: null });
  });

  it('says which batch is missing, and refuses files of CIFAR-100 or IDX beside it', async () => {
    expect(await failure({ ...ten(), 'data_batch_3.bin': null })).toBe('FOLDER: data_batch_3.bin (or .gz) is missing');
    expect(await failure({ 'train.bin': record(1, 1) })).toMatch(/files of CIFAR-10 and of CIFAR-100 are mixed/);
    expect(await failure({ 't10k-labels-idx1-ubyte': record(1) })).toMatch(/files of idx and CIFAR are mixed/);
  });
});
