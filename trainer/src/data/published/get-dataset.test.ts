import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { written } from '@studyhall/contract/settings/written.ts';
import { type PublishedName, publishedDatasets } from '@studyhall/contract/spec/published-datasets.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileServer } from '../../fetch/testing/file-server.ts';
import { cifar100 } from './cifar.ts';
import { getDataset } from './get-dataset.ts';
import { PUBLISHED } from './published.ts';
import type { PublishedDataset } from './published-dataset.ts';

let root: string;
let server: FileServer;
let archive: Buffer;
let said: string[];
const folders = () => ({ data: join(root, 'data'), cache: join(root, 'cache') });
const folder = () => join(root, 'data', 'cifar-100');

/** Records of CIFAR-100: one of each fine label, whose superclass is its fifth. */
const records = (shade: number) =>
  Buffer.concat(
    Array.from({ length: 100 }, (_, label) =>
      Buffer.concat([Buffer.from([Math.floor(label / 5), label]), Buffer.alloc(3072, label + shade)]),
    ),
  );

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'studyhall-get-'));
  server = await FileServer.open();
  said = [];
  const inside = join(root, 'cifar-100-binary');
  await mkdir(inside);
  await writeFile(join(inside, 'train.bin'), records(0));
  await writeFile(join(inside, 'test.bin'), records(100));
  await promisify(execFile)('tar', ['-czf', join(root, 'a.tar.gz'), '-C', root, 'cifar-100-binary']);
  archive = await readFile(join(root, 'a.tar.gz'));
});
afterEach(async () => {
  await server.close();
  await rm(root, { recursive: true });
});

/** CIFAR-100 with a sample for each class, as these servers have it. */
const published = (...urls: string[]): PublishedDataset => {
  const checksum = `sha256:${createHash('sha256').update(archive).digest('hex')}` as const;
  const file = { name: 'cifar-100-binary.tar.gz', size: archive.length, checksum, urls };
  return { ...cifar100, files: [file], trainSize: 100, testSize: 100, unpacked: 700_000 };
};
const get = (own: PublishedDataset, name = 'cifar-100') => getDataset(name, own, folders(), { say: (line) => said.push(line) });

/** Ten samples of a file in MNIST's format, of ten classes. */
const idx = (name: string): Buffer => {
  const ofImages = name.includes('images');
  const shade = name.startsWith('train') ? 1 : 0;
  const head = [0, 0, 8, ofImages ? 3 : 1, ...[10, ...(ofImages ? [28, 28] : [])].flatMap((extent) => [0, 0, 0, extent])];
  const samples = Array.from({ length: 10 }, (_, label) => (ofImages ? Buffer.alloc(28 * 28, 20 * label + shade) : Buffer.from([label])));
  return gzipSync(Buffer.concat([Buffer.from(head), ...samples]));
};

/** CIFAR-10's archive, with ten samples in each of its files, and what else lies in it. */
const cifar10Archive = async (name: string): Promise<Buffer> => {
  const inside = join(root, 'cifar-10-batches-bin');
  await mkdir(inside);
  const batches = ['data_batch_1', 'data_batch_2', 'data_batch_3', 'data_batch_4', 'data_batch_5', 'test_batch'];
  for (const [shade, batch] of batches.entries()) {
    const samples = Array.from({ length: 10 }, (_, label) => Buffer.concat([Buffer.from([label]), Buffer.alloc(3072, 20 * label + shade)]));
    await writeFile(join(inside, `${batch}.bin`), Buffer.concat(samples));
  }
  const classes = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'];
  await writeFile(join(inside, 'batches.meta.txt'), `${classes.join('\n')}\n`);
  await writeFile(join(inside, 'readme.html'), 'no data');
  await promisify(execFile)('tar', ['-czf', join(root, name), '-C', root, 'cifar-10-batches-bin']);
  return readFile(join(root, name));
};

/** A published dataset whose files this server has, made smaller. */
const served = async (
  name: PublishedName,
  bytesOf: (file: string) => Buffer | Promise<Buffer>,
  sizes: object,
): Promise<PublishedDataset> => {
  const files = PUBLISHED[name].files.map(async (file) => {
    const bytes = await bytesOf(file.name);
    const checksum = `sha256:${createHash('sha256').update(bytes).digest('hex')}` as const;
    return { ...file, size: bytes.length, checksum, urls: [server.url('/gone'), server.file(`/${file.name}`, bytes)] };
  });
  return { ...PUBLISHED[name], files: await Promise.all(files), unpacked: 1_000_000, ...sizes };
};

describe('getting a published dataset', () => {
  it('puts it in place whole, and fetches nothing when it is there', async () => {
    const own = published(server.file('/a', archive));
    const found = await get(own);
    expect(found).toMatchObject({ name: 'cifar-100', trainSize: 100, testSize: 100 });
    expect((await readdir(folder())).sort()).toEqual(['test.bin', 'train.bin']);
    expect(await readdir(folders().data)).toEqual(['cifar-100']);
    expect(await get(own)).toEqual(found);
    expect(server.asked).toHaveLength(1);
  });

  it('leaves nothing in place when a server has other bytes, and goes on when another call finds the right ones', async () => {
    const other = Buffer.from(archive);
    other[archive.length - 20] = (other[archive.length - 20] as number) ^ 1;
    await expect(get(published(server.file('/other', other)))).rejects.toThrow('serves other bytes');
    await expect(readdir(folder())).rejects.toThrow('ENOENT');
    await get(published(server.url('/none'), server.cutting('/a', archive, Math.ceil(archive.length / 2))));
    expect((await readdir(folder())).sort()).toEqual(['test.bin', 'train.bin']);
  });

  it('says without internet which file to put where, and takes it from there', async () => {
    const own = published('http://127.0.0.1:1/cifar-100-binary.tar.gz');
    const message = await get(own).catch((error: Error) => error.message);
    expect(message).toContain(`    as ${join(folder(), 'cifar-100-binary.tar.gz')}\nand then: npm run trainer -- data get cifar-100`);
    await mkdir(folder());
    await writeFile(join(folder(), 'cifar-100-binary.tar.gz'), archive.subarray(0, 1000));
    await expect(get(own)).rejects.toThrow(
      `is not the published file: it has 1,000 bytes instead of ${written(archive.length)}; remove it`,
    );
    await writeFile(join(folder(), 'cifar-100-binary.tar.gz'), archive);
    await get(own);
    expect((await readdir(folder())).sort()).toEqual(['test.bin', 'train.bin']);
  });

  it('does not touch a folder that holds anything else, and refuses data that are not as many as published', async () => {
    await mkdir(folder(), { recursive: true });
    await writeFile(join(folder(), 'mine.txt'), 'mine');
    await expect(get(published(server.file('/a', archive)))).rejects.toThrow('holds mine.txt, which is no file that CIFAR-100');
    expect(await readdir(folder())).toEqual(['mine.txt']);
    await rm(folder(), { recursive: true });
    const more = { ...published(server.file('/a', archive)), trainSize: 50_000 };
    await expect(get(more)).rejects.toThrow('came out with 100 training and 100 test samples; published are 50000 and 100');
    await expect(readdir(folder())).rejects.toThrow('ENOENT');
  });

  it.each([
    ['mnist', idx, { trainSize: 10, testSize: 10 }, { classes: 10, files: 4 }],
    ['fashion-mnist', idx, { trainSize: 10, testSize: 10 }, { classes: 10, files: 4 }],
    ['cifar-10', cifar10Archive, { trainSize: 50, testSize: 10 }, { classes: 10, files: 7 }],
  ] as const)('makes %s of its files, from a mirror where the first server has none', async (name, bytesOf, sizes, { classes, files }) => {
    const found = await get(await served(name, bytesOf, sizes), name);
    expect(found).toMatchObject({ name, ...sizes });
    expect(found.classes).toHaveLength(classes);
    expect(await readdir(join(folders().data, name))).toHaveLength(files);
  });

  it('says when the disk has no room for it, before anything is fetched', async () => {
    const own = { ...published(server.file('/a', archive)), unpacked: 1e15 };
    await expect(get(own)).rejects.toThrow(/ free, and 1000000\.0 GB are needed: free some space/);
    expect(server.asked).toEqual([]);
  });
});

it('every published dataset has its files, with sizes and SHA-256 unless none is published', () => {
  expect(Object.keys(PUBLISHED)).toEqual([...publishedDatasets]);
  for (const [name, { files }] of Object.entries(PUBLISHED))
    for (const { urls, size, checksum } of files) {
      expect(urls.length, name).toBeGreaterThan(1);
      if (name === 'utd-mhad') continue;
      expect(checksum, name).toMatch(/^sha256:[0-9a-f]{64}$/);
      expect(size, name).toBeGreaterThan(0);
    }
});
