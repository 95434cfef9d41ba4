import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findDataset } from '../catalogue.ts';
import type { Values, View } from '../dataset.ts';
import { measureNormalisation } from '../normalisation.ts';
import { ViewReader } from '../view-reader.ts';
import { npyArray } from './testing/npy.ts';

const npy = (type: '|u1' | '<i4' | '<f4', shape: number[], values: number[]): Buffer => {
  const head = `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`.padEnd(117);
  const lead = Buffer.from('\x93NUMPY\x01\x00\x76\x00', 'latin1');
  const typed = type === '|u1' ? Uint8Array.from(values) : type === '<i4' ? Int32Array.from(values) : Float32Array.from(values);
  return Buffer.concat([lead, Buffer.from(`${head}\n`), Buffer.from(typed.buffer)]);
};

const manifest = (change: object = {}): Buffer =>
  Buffer.from(
    JSON.stringify({
      views: [
        { name: 'sensor', file: 'sensor.npy', axes: ['time', 'channel'] },
        { name: 'depth', file: 'depth.npy', axes: ['height', 'width'] },
      ],
      labels: 'labels.npy',
      train: { file: 'is_train.npy' },
      classes: ['wave', 'clap'],
      ...change,
    }),
  );

/** Four samples of subjects 1, 1, 2, 2: 1 × 2 numbers of a sensor, a picture of 1 × 1. Samples 0 and 2 are for training. */
const files = (): Record<string, Buffer> => ({
  'manifest.json': manifest(),
  'sensor.npy': npy('<f4', [4, 1, 2], [1, -10, 9, 9, 3, -30, 8, 8]),
  'depth.npy': npy('|u1', [4, 1, 1], [10, 20, 30, 40]),
  'labels.npy': npy('<i4', [4], [0, 1, 1, 0]),
  'is_train.npy': npy('|u1', [4], [1, 0, 1, 0]),
  'subjects.npy': npy('<i4', [4], [1, 1, 2, 2]),
});

let data: string;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'studyhall-bundle-'));
  await mkdir(join(data, 'tiny'));
});
afterEach(() => rm(data, { recursive: true }));

const load = async () => (await findDataset('tiny', { data, cache: join(data, 'cache') })).load();

const open = async (content: Record<string, Buffer>) => {
  for (const [name, bytes] of Object.entries(content)) await writeFile(join(data, 'tiny', name), bytes);
  return load();
};

const failure = (change: Record<string, Buffer>): Promise<string> =>
  open({ ...files(), ...change }).then(
    () => 'nothing was wrong',
    (error: Error) => error.message.replaceAll(`${data}/tiny/`, ''),
  );

describe('a bundle of views', () => {
  it('takes no memory for what a packed file claims and does not hold', async () => {
    const claim = (shape: number[]) => ({ 'sensor.npy': gzipSync(npyArray('<f8', shape, [1, 2])) });
    expect(await failure(claim([4, 2, 2e9]))).toBe(
      'sensor.npy: has shape 4 × 2 × 2000000000; a sample of 4000000000 numbers is more than 100000000',
    );
    expect(await failure(claim([4, 1, 9e7]))).toBe(
      'sensor.npy: cut short; its header says 4 × 1 × 90000000 values of 8 bytes, but 16 bytes follow',
    );
  });

  it('refuses a field that stands twice, of which only the last would count', async () => {
    const said = (text: string) => failure({ 'manifest.json': Buffer.from(text) });
    const text = manifest({ train: { file: 'subjects.npy', subjects: [1] } }).toString();
    expect(await said(text.replace('"subjects":[1]', '"subjects":[1],"subjects":[1,2]'))).toBe(
      'manifest.json: "subjects" is given twice in one object; say which of them counts',
    );
    expect(await said(text.replace('{', '{"\\u006cabels":"x.npy",'))).toContain('"labels" is given twice');
    // In objects of their own, and as texts.
    expect(await said(text.replace('"wave"', '"a \\"{name\\": "').replace('"clap"', '"labels"'))).toBe('nothing was wrong');
  });

  it('calls an array without axes what NumPy calls it', async () => {
    expect(await failure({ 'labels.npy': npyArray('<i4', [], [1]) })).toBe('labels.npy: has shape (); there must be one number per sample');
  });

  it('pairs its views row by row and splits them by is_train', async () => {
    const { views, train, test, classes } = await open(files());
    expect(views).toEqual([
      { name: 'sensor', shape: [1, 2] },
      { name: 'depth', shape: [1, 1, 1] },
    ]);
    expect(classes.map(({ name }) => name)).toEqual(['wave', 'clap']);
    expect(train).toEqual({
      size: 2,
      labels: Int32Array.of(0, 1),
      views: { sensor: Float32Array.of(1, -10, 3, -30), depth: Uint8Array.of(10, 30) },
    });
    expect(test.labels).toEqual(Int32Array.of(1, 0));
    expect(test.views.depth).toEqual(Uint8Array.of(20, 40));
  });

  it('can be split by subject', async () => {
    const { train } = await open({ ...files(), 'manifest.json': manifest({ train: { file: 'subjects.npy', subjects: [1] } }) });
    expect(train.views.depth).toEqual(Uint8Array.of(10, 20));
    expect(await failure({ 'manifest.json': manifest({ train: { file: 'subjects.npy', subjects: [7] } }) })).toMatch(
      /no sample is of subject 7/,
    );
    expect(await failure({ 'manifest.json': manifest({ train: { file: 'subjects.npy', subjects: [1, 2] } }) })).toMatch(
      /every sample would be for training/,
    );
  });

  it.each(['<i4', '<i8', '>u8', '<f8'])('keeps subjects apart that 32-bit floats take for one, in a column of %s', async (type) => {
    const subjects = npyArray(type, [4], [20210000, 20210001, 20210000, 20210001]);
    const train = { file: 'subjects.npy', subjects: [20210000] };
    const { train: trained, test } = await open({ ...files(), 'subjects.npy': subjects, 'manifest.json': manifest({ train }) });
    expect([trained.views.depth, test.views.depth]).toEqual([Uint8Array.of(10, 30), Uint8Array.of(20, 40)]);
  });

  it('keeps subjects apart that doubles take for one, written as numbers or as texts', async () => {
    const [one, other] = ['9007199254740992', '9007199254740993'];
    const subjects = npyArray('<i8', [4], [BigInt(one), BigInt(other), BigInt(one), BigInt(other)]);
    for (const written of [other, `"${other}"`]) {
      const json = manifest({ train: { file: 'subjects.npy', subjects: [] } })
        .toString()
        .replace('[]', `[${written}]`);
      const { train } = await open({ ...files(), 'subjects.npy': subjects, 'manifest.json': Buffer.from(json) });
      expect(train.views.depth).toEqual(Uint8Array.of(20, 40));
    }
    for (const wrong of ['1.5', '1e300', '"7 "', 'true'])
      expect(
        await failure({
          'manifest.json': Buffer.from(
            manifest({ train: { file: 'subjects.npy', subjects: [] } })
              .toString()
              .replace('[]', `[${wrong}]`),
          ),
        }),
      ).toMatch(/subjects is .*; it must be a list of whole numbers, written out in full/);
  });

  it('is split by truth values, and by subjects that are no bytes', async () => {
    const marks = { 'is_train.npy': npyArray('|b1', [4], [0, 1, 1, 0]), 'labels.npy': npyArray('|b1', [4], [0, 0, 1, 1]) };
    expect((await open({ ...files(), ...marks })).train.views.depth).toEqual(Uint8Array.of(20, 30));
    const subjects = { 'subjects.npy': npyArray('<f4', [4], [-0, 3, 3, 3]) };
    const json = manifest({ train: { file: 'subjects.npy', subjects: [0, 3] } });
    expect(await failure({ ...subjects, 'manifest.json': json })).toMatch(/every sample would be for training/);
  });

  it('has no label that is almost a whole number', async () => {
    expect(await failure({ 'labels.npy': npyArray('<f8', [4], [0, 0.99999999999, 1, 0]) })).toBe(
      'labels.npy: sample 1 has 0.99999999999; it must be a whole number',
    );
    expect(await failure({ 'labels.npy': npyArray('<i8', [4], [0, 2n ** 32n + 1n, 1, 0]) })).toMatch(/sample 1 has label 4294967297/);
  });

  it('may have its manifest begin with a byte order mark, or be UTF-16', async () => {
    const text = `\ufeff${manifest().toString()}`;
    for (const bytes of [Buffer.from(text), Buffer.from(text, 'utf16le')])
      expect((await open({ ...files(), 'manifest.json': bytes })).trainSize).toBe(2);
  });

  it('has each channel of floats normalised by the training split', async () => {
    const { views, train, test } = await open(files());
    const [view] = views as [(typeof views)[0]];
    const values = train.views.sensor as Float32Array;
    const normalisation = measureNormalisation(view, values);
    const batch = new Float32Array(4);
    new ViewReader(view, values, normalisation).copy(0, batch, 0);
    new ViewReader(view, test.views.sensor as Float32Array, normalisation).copy(0, batch, 1);
    // Channel 0: mean 2, deviation 1. Channel 1: mean -20, deviation 10.
    [-1, 1, 7, 2.9].forEach((expected, k) => {
      expect(batch[k]).toBeCloseTo(expected, 5);
    });
  });

  it.each([
    ['seconds since 1970', '<f8', (value: number) => 1.7e9 + value],
    ['millimetres far from 0', '<i4', (value: number) => 1e8 + value],
    ['thousandths of a second since 1970', '>i8', (value: number) => 1_700_000_000_000 + value],
  ])('keeps what 32-bit floats would blur: %s', async (_, type, moved) => {
    const near = [3, 1, -4, 1, -5, 9, 2, -6];
    const batchOf = async (sensor: Buffer) => {
      const { views, train } = await open({ ...files(), 'sensor.npy': sensor });
      const values = train.views.sensor as Values;
      const batch = new Float32Array(4);
      const reader = new ViewReader(views[0] as View, values, measureNormalisation(views[0] as View, values));
      for (const sample of [0, 1]) reader.copy(sample, batch, sample);
      return [values.constructor, [...batch].map((value) => value.toFixed(3))];
    };
    const [plain, expected] = await batchOf(npyArray('<f8', [4, 1, 2], near));
    const [kept, found] = await batchOf(npyArray(type, [4, 1, 2], near.map(moved)));
    expect([plain, kept]).toEqual([Float32Array, Float64Array]);
    expect(found).toEqual(expected);
  });

  it('finds its files whichever way their accents are written', async () => {
    const { 'labels.npy': labels, ...others } = files();
    const named = { ...others, 'e\u0301tiquettes.npy': labels as Buffer, 'manifest.json': manifest({ labels: '\u00e9tiquettes.npy' }) };
    expect((await open(named)).trainSize).toBe(2);
  });

  it('says that views or labels do not pair up', async () => {
    expect(await failure({ 'depth.npy': npy('|u1', [3, 1, 1], [1, 2, 3]) })).toBe(
      'depth.npy: view depth has 3 samples, but view sensor has 4; row k of every view must be the same sample',
    );
    expect(await failure({ 'labels.npy': npy('<i4', [3], [0, 1, 1]) })).toBe('labels.npy: 3 numbers for 4 samples');
    expect(await failure({ 'depth.npy': npy('|u1', [4], [1, 2, 3, 4]) })).toBe(
      'depth.npy: has shape 4, but view depth is to be sample × height × width',
    );
  });

  it('says which label or mark is wrong', async () => {
    expect(await failure({ 'labels.npy': npy('<i4', [4], [0, 1, 2, 0]) })).toMatch(/sample 2 has label 2; it must be 0 … 1/);
    expect(await failure({ 'labels.npy': npy('<f4', [4], [0, 1, 0.5, 0]) })).toMatch(/sample 2 has 0.5; it must be a whole number/);
    const unnamed = manifest({ classes: undefined });
    expect(await failure({ 'manifest.json': unnamed, 'labels.npy': npy('<i4', [4], [0, 2e9, 1, 0]) })).toMatch(
      /sample 1 has label 2000000000; it must be 0 … 3, as there are 4 samples/,
    );
    expect(await failure({ 'manifest.json': unnamed, 'labels.npy': npy('<i4', [4], [1, 2, 2, 1]) })).toBe(
      'labels.npy: no training sample is of class 0',
    );
    expect(await failure({ 'labels.npy': npy('<i4', [2, 2], [0, 1, 1, 0]) })).toMatch(
      /has shape 2 × 2; there must be one number per sample/,
    );
    expect(await failure({ 'labels.npy': npy('<i4', [4], [0, -1, 1, 0]) })).toMatch(/sample 1 has label -1/);
    expect(await failure({ 'is_train.npy': npy('|u1', [4], [0, 0, 0, 0]) })).toMatch(/every sample would be for the test/);
    expect(await failure({ 'sensor.npy': npy('<f4', [0, 1, 2], []) })).toMatch(/has shape 0 × 1 × 2, but view sensor is to be/);
    expect(await failure({ 'labels.npy': npy('<i4', [4], [0, 1, 0, 1]) })).toBe('labels.npy: no training sample is of class clap');
    expect(await failure({ 'is_train.npy': npy('|u1', [4], [1, 0, 2, 0]) })).toMatch(/sample 2 has 2; it must be 1 \(training\) or 0/);
  });

  it('says that a file is missing, cut short, damaged or another kind of file', async () => {
    await open(files());
    await rm(join(data, 'tiny', 'depth.npy'));
    await expect(load()).rejects.toThrow(/depth.npy: cannot be read/);
    const sensor = files()['sensor.npy'] as Buffer;
    expect(await failure({ 'sensor.npy': sensor.subarray(0, -4) })).toBe(
      'sensor.npy: cut short; its header says 4 × 1 × 2 values of 4 bytes, but 28 bytes follow',
    );
    expect(await failure({ 'sensor.npy': sensor.subarray(0, 50) })).toMatch(/cut short within its header/);
    expect(await failure({ 'sensor.npy': Buffer.from('<html>') })).toMatch(/not a .npy file.* begins with 3c68746d/);
    expect(await failure({ 'sensor.npy': npy('<f4', [4, 1, 2], [0, 0, 0, Number.NaN, 0, 0, 0, 0]) })).toMatch(
      /sample 1 holds a number that is not finite/,
    );
    expect(await failure({ 'sensor.npy': Buffer.from(sensor.toString('latin1').replace('<f4', '<c8'), 'latin1') })).toMatch(
      /type <c8: complex numbers; save real/,
    );
  });

  it('says what is wrong in the manifest', async () => {
    expect(await failure({ 'manifest.json': Buffer.from('{') })).toMatch(/^manifest.json: is not JSON/);
    expect(await failure({ 'manifest.json': manifest({ label: 'x' }) })).toBe(
      'manifest.json: unknown field "label"; there may be views, labels, train, classes',
    );
    expect(await failure({ 'manifest.json': manifest({ labels: '../labels.npy' }) })).toMatch(
      /labels is "..\/labels.npy"; it must be the name of a .npy file/,
    );
    expect(await failure({ 'manifest.json': manifest({ views: [{ name: 'a', file: 'depth.npy', axes: ['width'] }] }) })).toMatch(
      /views\[0\]: axes is \["width"\]; it must be one of/,
    );
    expect(await failure({ 'manifest.json': manifest({ classes: ['a', 'a'] }) })).toMatch(/a list of names, each once/);
  });
});

const REAL = join(process.env.STUDYHALL_DATA || 'data', 'utd-mhad');
const NAMES = ['skeleton.npy', 'inertial.npy', 'labels.npy', 'subjects.npy'];
const present = NAMES.every((name) => existsSync(join(REAL, name)));
if (!present) process.stderr.write(`SKIPPED: UTD-MHAD is not in ${REAL}; set STUDYHALL_DATA to test the bundle on it\n`);

describe.skipIf(!present)(`UTD-MHAD (skipped unless STUDYHALL_DATA holds utd-mhad with ${NAMES.join(', ')})`, () => {
  it('is 431 training and 430 test sequences in 27 classes by the cross-subject protocol', async () => {
    for (const name of NAMES) await symlink(resolve(REAL, name), join(data, 'tiny', name));
    const views = ['skeleton', 'inertial'].map((name) => ({ name, file: `${name}.npy`, axes: ['time', 'channel'] }));
    const json = { views, labels: 'labels.npy', train: { file: 'subjects.npy', subjects: [1, 3, 5, 7] } };
    const dataset = await open({ 'manifest.json': Buffer.from(JSON.stringify(json)) });
    expect([dataset.trainSize, dataset.testSize, dataset.classes.length]).toEqual([431, 430, 27]);
    expect(dataset.views.map(({ shape }) => shape)).toEqual([
      [64, 60],
      [64, 6],
    ]);
  });
});
