import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { zipOf } from '../../fetch/testing/zip-of.ts';
import { findDataset } from '../catalogue.ts';
import { matArrayOf } from './mat-file.ts';
import { resample } from './resample.ts';
import { utdMhad } from './utd-mhad.ts';

const element = (type: number, content: Buffer): Buffer => {
  const tag = Buffer.alloc(8);
  tag.writeUInt32LE(type);
  tag.writeUInt32LE(content.length, 4);
  return Buffer.concat([tag, content, Buffer.alloc(Math.ceil(content.length / 8) * 8 - content.length)]);
};
const ints = (...values: number[]) => Buffer.from(Int32Array.from(values).buffer);

/** A MATLAB file of version 5 with one array of doubles, in column-major order. */
const matFile = (name: string, shape: number[], values: readonly number[], packed: boolean): Buffer => {
  const shortName = Buffer.alloc(8);
  shortName.writeUInt32LE((name.length << 16) | 1);
  shortName.write(name.slice(0, 4), 4, 'latin1');
  const named = name.length <= 4 ? shortName : element(1, Buffer.from(name));
  const content = Buffer.concat([
    element(6, ints(6, 0)),
    element(5, ints(...shape)),
    named,
    element(9, Buffer.from(Float64Array.from(values).buffer)),
  ]);
  const matrix = element(14, content);
  const head = Buffer.alloc(128);
  head.write('MATLAB 5.0 MAT-file');
  head.write('IM', 126, 'latin1');
  if (!packed) return Buffer.concat([head, matrix]);
  const deflated = deflateSync(matrix);
  const tag = Buffer.alloc(8);
  tag.writeUInt32LE(15);
  tag.writeUInt32LE(deflated.length, 4);
  return Buffer.concat([head, tag, deflated]);
};

describe('a MATLAB file', () => {
  it.each([true, false])('gives its array (compressed: %s)', (packed) => {
    for (const name of ['d', 'd_iner'])
      expect(matArrayOf('a.mat', matFile(name, [2, 3], [1, 2, 3, 4, 5, 6.5], packed))).toEqual({
        name,
        shape: [2, 3],
        values: Float64Array.of(1, 2, 3, 4, 5, 6.5),
      });
  });

  it('that is another file, or cut short, is refused by name', () => {
    expect(() => matArrayOf('a.mat', Buffer.from('<html>'))).toThrow('a.mat: is no MATLAB file of version 5 (it does not begin as one)');
    expect(() => matArrayOf('a.mat', matFile('d', [2, 3], [1, 2, 3, 4, 5, 6], false).subarray(0, 180))).toThrow(
      'a.mat: is no MATLAB file of version 5',
    );
  });
});

it('a sequence is brought to another number of frames by straight lines between its own', () => {
  expect(resample(Float64Array.of(0, 10, 1, 20, 2, 30), 2, 5)).toEqual(Float32Array.of(0, 10, 0.5, 15, 1, 20, 1.5, 25, 2, 30));
  expect(resample(Float64Array.of(7), 1, 3)).toEqual(Float32Array.of(7, 7, 7));
});

describe('UTD-MHAD', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'studyhall-utd-'));
  });
  afterEach(() => rm(root, { recursive: true }));

  /** Two actions by the subjects 1 to 8. Joint j, axis x, frame t: j + 100 x + t; sensor s, frame t: s + t, 5 more for the second action and 10 for subjects from 2 on. */
  const archives = async (leftOut?: string) => {
    const names = [1, 2].flatMap((action) => [1, 2, 3, 4, 5, 6, 7, 8].map((subject) => `a${action}_s${subject}_t1`));
    const frames = 3;
    const skeleton = Array.from({ length: 60 * frames }, (_, k) => (k % 20) + 100 * (Math.floor(k / 20) % 3) + Math.floor(k / 60));
    const inertial = (name: string) =>
      Array.from(
        { length: 6 * frames },
        (_, k) => Math.floor(k / frames) + (k % frames) + (name.startsWith('a2') ? 5 : 0) + (name.includes('_s1_') ? 0 : 10),
      );
    const files = (kind: string, bytes: (name: string) => Buffer) =>
      Object.fromEntries(
        names.filter((name) => `${kind} ${name}` !== leftOut).map((name) => [`${kind}/${name}_${kind.toLowerCase()}.mat`, bytes(name)]),
      );
    const downloads = join(root, 'downloads');
    await mkdir(downloads);
    await writeFile(join(downloads, 'Skeleton.zip'), zipOf(files('Skeleton', () => matFile('d_skel', [20, 3, frames], skeleton, true))));
    await writeFile(
      join(downloads, 'Inertial.zip'),
      zipOf(files('Inertial', (name) => matFile('d_iner', [frames, 6], inertial(name), false))),
    );
    const to = join(root, 'data', 'utd-mhad');
    await mkdir(to, { recursive: true });
    return { downloads, to };
  };

  it('becomes two views of the same sequences, split by subject', async () => {
    const { downloads, to } = await archives();
    await utdMhad.unpack(downloads, to);
    const { train, test, views } = await (await findDataset('utd-mhad', { data: join(root, 'data'), cache: root })).load();
    expect(views).toEqual([
      { name: 'skeleton', shape: [64, 60] },
      { name: 'inertial', shape: [64, 6] },
    ]);
    expect([train.size, test.size]).toEqual([8, 8]);
    expect([...train.labels]).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
    const skeleton = train.views.skeleton as Float32Array;
    // Around the mean joint of the first frame: 9.5 for every axis' own offset; two frames later everything is 2 further.
    expect([...skeleton.subarray(0, 6)]).toEqual([-9.5, -9.5, -9.5, -8.5, -8.5, -8.5]);
    expect(skeleton[63 * 60]).toBe(-7.5);
    const inertial = train.views.inertial as Float32Array;
    expect([...inertial.subarray(0, 6), ...inertial.subarray(63 * 6, 64 * 6)]).toEqual([0, 1, 2, 3, 4, 5, 2, 3, 4, 5, 6, 7]);
    expect(inertial[4 * 64 * 6]).toBe(5);
    expect(test.views.inertial?.[0]).toBe(10);
    expect(await readdir(downloads)).toEqual(['Inertial.zip', 'Skeleton.zip']);
  });

  it('whose archives do not hold the same sequences is refused', async () => {
    const { downloads, to } = await archives('Inertial a2_s1_t1');
    await expect(utdMhad.unpack(downloads, to)).rejects.toThrow('Inertial.zip and Skeleton.zip hold different sequences');
  });
});
