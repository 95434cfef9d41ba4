import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findDataset, listDatasets } from './catalogue.ts';
import { surveyDatasets } from './describe.ts';

let data: string;
const folders = () => ({ data, cache: join(data, '.cache') });
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'studyhall-catalogue-'));
});
afterEach(() => rm(data, { recursive: true }));

const write = async (...files: string[]) => {
  for (const file of files) {
    await mkdir(dirname(join(data, file)), { recursive: true });
    await writeFile(join(data, file), '');
  }
};

/** Why folders cannot be used, by name. */
const faults = async () => {
  const { unusable } = await surveyDatasets(folders());
  return Object.fromEntries(unusable.map(({ name, reason }) => [name, reason.replaceAll(data, 'DATA')]));
};

describe('the datasets of a machine', () => {
  it('are the generated ones where there is no data folder', async () => {
    const missing = { data: join(data, 'none'), cache: join(data, '.cache') };
    expect((await listDatasets(missing)).map(({ name }) => name)).toEqual(['shapes-16', 'shapes-32']);
    await expect(findDataset('pets', missing)).rejects.toThrow(
      'dataset "pets" is not here; there are shapes-16, shapes-32 (other datasets',
    );
    await expect(findDataset('cifar-100-coarse', missing)).rejects.toThrow(
      "there are shapes-16, shapes-32 (npm run trainer -- data get cifar-100 fetches it to a trainer's machine)",
    );
  });

  it('say what is wrong with a folder that is none, and are announced without it', async () => {
    await mkdir(join(data, 'empty'));
    await write('movement/skeleton.npy', 'movement/labels.npy', 'notes/todo.txt', 'lone.txt', '.hidden/x');
    expect(await faults()).toEqual({
      empty: 'DATA/empty: is empty',
      movement: 'DATA/movement: holds .npy arrays, but no manifest.json that says what they are',
      notes: expect.stringContaining('holds no dataset in a known format (idx, CIFAR, view bundle, image folder), but todo.txt'),
    });
    expect((await surveyDatasets(folders())).usable.map(({ description }) => description.name)).toEqual(['shapes-16', 'shapes-32']);
    await expect((await findDataset('movement', folders())).load()).rejects.toThrow('no manifest.json');
  });

  it('are called as the contract allows, each by another name', async () => {
    await write('Fashion_MNIST/train-images-idx3-ubyte', 'shapes-16/train-images-idx3-ubyte');
    await write('cifar/train.bin', 'cifar-coarse/train.bin');
    const found = await faults();
    expect(found.Fashion_MNIST).toMatch(/a dataset is called by its folder: at most 64 lower-case letters/);
    expect(found['shapes-16']).toBe('DATA/shapes-16: another dataset has the name shapes-16 (generated); rename the folder');
    expect(found['cifar-coarse']).toMatch(/another dataset has the name cifar-coarse \(DATA\/cifar\)/);
  });

  it('have names of which the longer ones fit, too', async () => {
    const name = 'c'.repeat(60);
    await write(`${name}/train.bin`);
    expect((await faults())[`${name}-coarse`]).toBe(
      `DATA/${name}: the name ${name}-coarse has 67 characters, at most 64 are allowed; rename the folder`,
    );
  });

  it.skipIf(process.platform === 'darwin' || process.platform === 'win32')('say that the name of a folder is not UTF-8', async () => {
    await mkdir(Buffer.concat([Buffer.from(join(data, 'caf')), Buffer.from([0xe9])]));
    expect(await faults()).toEqual({ 'caf\\xe9': 'DATA/caf\\xe9: its name is not UTF-8; rename it' });
  });

  it('are not looked for in what systems leave behind', async () => {
    await write('lost+found/x', '$RECYCLE.BIN/x', '@eaDir/x', 'System Volume Information/x', 'empty/.DS_Store', 'empty/Thumbs.db');
    expect(await faults()).toEqual({ empty: 'DATA/empty: is empty' });
  });

  it('are what can be used, whatever befalls one, or the folder of all', async () => {
    await mkdir(join(data, 'loop', 'train'), { recursive: true });
    await symlink(join(data, 'loop', 'train-labels-idx1-ubyte'), join(data, 'loop', 'train-labels-idx1-ubyte'));
    const found = await faults();
    expect(Object.keys(found)).toEqual(['loop']);
    await writeFile(join(data, 'lone.txt'), '');
    const { usable, unusable } = await surveyDatasets({ data: join(data, 'lone.txt'), cache: join(data, '.cache') });
    expect([usable.length, unusable.map(({ name, reason }) => `${name}: ${reason.replaceAll(data, 'DATA')}`)]).toEqual([
      2,
      [expect.stringMatching(/^lone.txt: DATA\/lone.txt: cannot be read \(ENOTDIR.*\); no dataset is looked for there$/)],
    ]);
  });

  it('refuse files of several formats in one folder', async () => {
    await write('mixed/train-images-idx3-ubyte', 'mixed/manifest.json');
    await write('both/train/cat/a.png', 'both/test.bin');
    expect(await faults()).toEqual({
      mixed: 'DATA/mixed: files of idx and view bundle are mixed; each needs a folder of its own',
      both: 'DATA/both: files of CIFAR and image folder are mixed; each needs a folder of its own',
    });
  });

  it('may lie behind a link; one that leads nowhere is passed over', async () => {
    await write('far/real/train.bin');
    await mkdir(join(data, 'near'));
    await symlink(join(data, 'far/real'), join(data, 'near', 'linked'));
    await symlink(join(data, 'nowhere'), join(data, 'near', 'lost'));
    const names = (await listDatasets({ data: join(data, 'near'), cache: join(data, '.cache') })).map(({ name }) => name);
    expect(names).toEqual(['shapes-16', 'shapes-32', 'linked', 'linked-coarse']);
  });
});
