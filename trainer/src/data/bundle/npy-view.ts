import { quantity } from '../../quantity.ts';
import { DataError } from '../data-error.ts';
import type { Values } from '../dataset.ts';
import { Spread } from '../spread.ts';
import type { NpyFile } from './npy-file.ts';

/** The values of a view's samples, those for training and those for the test each in their order. */
export type ReadView = { readonly train: Values; readonly test: Values };

/** For each place in one sample in Fortran's order, its place in row-major order. */
const rowMajor = (shape: readonly number[]): Int32Array => {
  const size = shape.reduce((product, extent) => product * extent, 1);
  return Int32Array.from({ length: size }, (_, place) => {
    let [rest, target, stride] = [place, 0, size];
    for (const extent of shape) {
      stride /= extent;
      target += (rest % extent) * stride;
      rest = Math.floor(rest / extent);
    }
    return target;
  });
};

type Visit = (row: number, place: number, value: number) => void;

/** Calls `visit` with every number, in the file's order: its row, its place in the row (row-major), its value. @throws DataError */
const eachNumber = async (file: NpyFile, visit: Visit): Promise<void> => {
  const { shape, type, fortranOrder } = file.header;
  const [rows = 0, ...sample] = shape;
  const places = fortranOrder ? rowMajor(sample) : null;
  const size = file.size / rows;
  let row = 0;
  let column = 0;
  for await (const { count, view } of file.pieces()) {
    for (let k = 0; k < count; k++) {
      const value = type.read(view, k * type.bytes);
      const place = places === null ? column : (places[column] as number);
      if (!Number.isFinite(value))
        throw new DataError(`${file.path}: sample ${row} holds a number that is not finite (${value}, number ${place})`);
      visit(row, place, value);
      if (places === null) {
        if (++column === size) [row, column] = [row + 1, 0];
      } else if (++row === rows) [row, column] = [0, column + 1];
    }
  }
};

/** Whether 32 bits blur what the numbers of some channel say. */
const needsDouble = async (file: NpyFile): Promise<boolean> => {
  if (file.header.type.fitsSingle) return false;
  const channels = file.header.shape.at(-1) as number;
  // By channel, as they come: a packed file may hold less than its header claims.
  const spreads: Spread[] = [];
  await eachNumber(file, (_row, place, value) => {
    spreads[place % channels] ??= new Spread();
    (spreads[place % channels] as Spread).add(value);
  });
  return spreads.some((spread) => spread.isBlurredBySingle());
};

/**
 * Reads the samples of a view. Bytes and truth values stay bytes; all else becomes 32-bit floats, or stays in double precision where these
 * would blur a channel whose numbers lie close together, far from 0.
 *
 * @param file an array whose first axis is the samples
 * @param training whether each sample is for training
 * @throws DataError for a number that is not finite
 */
export const readView = async (file: NpyFile, training: readonly boolean[]): Promise<ReadView> => {
  const size = file.size / training.length;
  const places = { train: 0, test: 0 };
  const begins = training.map((trains) => size * places[trains ? 'train' : 'test']++);
  const isByte = file.header.type.isByte;
  const ArrayType = isByte ? Uint8Array : (await needsDouble(file)) ? Float64Array : Float32Array;
  const allocate = (samples: number): Values => {
    try {
      return new ArrayType(samples * size);
    } catch {
      const taken = quantity(samples * size * ArrayType.BYTES_PER_ELEMENT, 'B');
      throw new DataError(`${file.path}: ${samples} samples take ${taken}, more than this machine's memory`);
    }
  };
  const read = { train: allocate(places.train), test: allocate(places.test) };
  await eachNumber(file, (row, place, value) => {
    const values = training[row] ? read.train : read.test;
    values[(begins[row] as number) + place] = value;
  });
  return read;
};
