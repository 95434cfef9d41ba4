import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NpyFile } from './npy-file.ts';
import { readView } from './npy-view.ts';
import { NPY_TYPES, npyArray, npyBytes, npyOf } from './testing/npy.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'studyhall-npy-'));
});
afterAll(() => rm(folder, { recursive: true }));

const save = async (bytes: Buffer): Promise<string> => {
  const path = join(folder, 'a.npy');
  await writeFile(path, bytes);
  return path;
};

/** All samples of a view. */
const valuesOf = async (bytes: Buffer) => {
  const file = await NpyFile.open(await save(bytes));
  const rows = file.header.shape[0] as number;
  return (await readView(file, Array(rows).fill(true))).train;
};

const fault = (bytes: Buffer): Promise<string> =>
  valuesOf(bytes).then(
    () => 'nothing was wrong',
    (error: Error) => error.message.replace(`${folder}/`, ''),
  );

describe('an array of numbers', () => {
  it.each(NPY_TYPES)('of type %s is read', async (type) => {
    const signed = /[if]/.test(type);
    const values = type === '|b1' ? [1, 0, 1, 0] : [1, 0, signed ? -7 : 7, 100];
    const read = await valuesOf(npyArray(type, [4], values));
    expect([...read]).toEqual(values);
    expect(read).toBeInstanceOf(type === '|b1' || type === '|u1' ? Uint8Array : Float32Array);
  });

  it('of 16-bit floats is read: normal, subnormal and largest ones', async () => {
    const bits = [0x3c00, 0xc000, 0x3555, 0x0001, 0x03ff, 0x7bff, 0x8000];
    const words = Buffer.from(Uint16Array.from(bits).buffer);
    const expected = [1, -2, 0.333251953125, 2 ** -24, 1023 * 2 ** -24, 65504, -0];
    expect([...(await valuesOf(npyBytes([7], words, { descr: "'<f2'" })))]).toEqual(expected);
    expect([...(await valuesOf(npyBytes([7], Buffer.from(words).swap16(), { descr: "'>f2'" })))]).toEqual(expected);
    const infinite = npyBytes([1], Buffer.from([0x00, 0x7c]), { descr: "'<f2'" });
    expect(await fault(infinite)).toBe('a.npy: sample 0 holds a number that is not finite (Infinity, number 0)');
  });

  it("in Fortran's order has the same samples as in C's", async () => {
    // Sample s, row r, column c hold 100·s + 10·r + c.
    const [s, r, c] = [
      [0, 1],
      [0, 1, 2],
      [0, 1, 2, 3],
    ] as const;
    const rowMajor = s.flatMap((a) => r.flatMap((b) => c.map((d) => 100 * a + 10 * b + d)));
    const columnMajor = c.flatMap((d) => r.flatMap((b) => s.map((a) => 100 * a + 10 * b + d)));
    const fortran = await valuesOf(npyArray('<i4', [2, 3, 4], columnMajor, { order: 'True' }));
    expect([...fortran]).toEqual(rowMajor);
    expect([...(await valuesOf(npyArray('<i4', [2, 3, 4], rowMajor)))]).toEqual(rowMajor);
  });

  it.each([
    ['Python 2, long numbers', "{'descr': '<f4', 'fortran_order': False, 'shape': (2L, 1L), }", 1],
    ['double quotes', '{"descr": "<f4", "fortran_order": False, "shape": (2, 1)}', 1],
    ['no blanks, no last comma', "{'descr':'<f4','fortran_order':False,'shape':(2,1)}", 1],
    ['another order of entries', "{'shape': (2, 1), 'fortran_order': False, 'descr': '<f4'}", 1],
    ['marked texts', "{u'descr': u'<f4', u'fortran_order': False, u'shape': (2, 1)}", 1],
    ['version 2', "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), }", 2],
    ['version 3', "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), }", 3],
  ])('has its header read: %s', async (_, dictionary, version) => {
    const file = await NpyFile.open(await save(npyOf(dictionary, Buffer.from(Float32Array.of(1.5, -2).buffer), version)));
    expect(file.header.shape).toEqual([2, 1]);
    expect([...(await readView(file, [true, false])).test]).toEqual([-2]);
  });

  it('may say its one extent without a comma', async () => {
    for (const shape of ['(2)', '(2,)', '2']) expect([...(await valuesOf(npyArray('<i2', [2], [3, 4], { shape })))]).toEqual([3, 4]);
  });

  it('is read whole where values lie across the border of two pieces, gzipped or not', async () => {
    const size = 200_000;
    const values = Array.from({ length: size }, (_, k) => k / 8);
    // 1.6 MB behind a header of an odd length: the border at 1 MiB cuts a value in two.
    const bytes = npyOf("{'descr': '<f8', 'fortran_order': False, 'shape': (200000,)}", Buffer.from(Float64Array.from(values).buffer));
    for (const saved of [bytes, gzipSync(bytes, { level: 1 })]) {
      const read = await valuesOf(saved);
      expect(read.length).toBe(size);
      expect(read.findIndex((value, place) => value !== place / 8)).toBe(-1);
    }
  });

  it('may be larger than the 2 GiB that Node reads at once', async () => {
    const path = await save(npyBytes([2 ** 28, 4], Buffer.from(Float32Array.of(5, 6).buffer), { descr: "'<f4'" }));
    const handle = await open(path, 'r+');
    // Without content: the disk holds none of it.
    await handle.truncate((await handle.stat()).size - 8 + 2 ** 32);
    await handle.close();
    for await (const { first, view } of (await NpyFile.open(path)).pieces()) {
      expect([first, view.getFloat32(0, true), view.getFloat32(4, true), view.getFloat32(8, true)]).toEqual([0, 5, 6, 0]);
      break;
    }
    await rm(path);
  });

  it.each([
    ["'<c8'", 'complex numbers; save real and imaginary part as two channels'],
    ["'|O'", 'Python objects, which only Python can read'],
    ["'<U5'", 'texts; save numbers'],
    ["'<M8[ns]'", "dates; save them as numbers, by array.astype('int64')"],
    ["'|V8'", 'raw memory'],
    ["[('x', '<f4'), ('y', '<f4')]", 'records of several fields'],
    ["'<f16'", 'values of type <f16; there may be bool, uint8,'],
    ["'=f4'", 'values of type =f4; there may be bool, uint8,'],
    ["'f4'", 'in either byte order'],
  ])('of type %s is refused, saying what to save instead', async (descr, words) => {
    expect(await fault(npyBytes([1], Buffer.alloc(8), { descr }))).toContain(words);
  });

  it('that is none, is cut short or too long is refused, gzipped or not', async () => {
    const whole = npyArray('<f4', [2, 2], [1, 2, 3, 4]);
    const cut = 'a.npy: cut short; its header says 2 × 2 values of 4 bytes, but 13 bytes follow';
    const long = 'a.npy: too long; its header says 2 × 2 values of 4 bytes, but 18 bytes follow';
    for (const pack of [(bytes: Buffer) => bytes, gzipSync]) {
      expect(await fault(pack(whole.subarray(0, -3)))).toBe(cut);
      expect(await fault(pack(Buffer.concat([whole, Buffer.alloc(2)])))).toBe(long);
      expect(await fault(pack(whole.subarray(0, 20)))).toBe('a.npy: cut short within its header (20 bytes)');
      expect(await fault(pack(Buffer.from('PK\x03\x04')))).toMatch(/not a .npy file.* begins with 504b0304/);
    }
    expect(await fault(npyOf('{}', Buffer.alloc(4), 4))).toContain('version 4.0 of the .npy format; 1 to 3 are read');
    expect(await fault(npyArray('<f4', [1], [1], { order: 'None' }))).toContain("does not say whether it is in Fortran's order");
    expect(await fault(npyArray('<f4', [1], [1], { shape: "('a',)" }))).toContain('its header names no shape');
  });
});
