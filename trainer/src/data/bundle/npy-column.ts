import { DataError } from '../data-error.ts';
import { NpyFile } from './npy-file.ts';
import { shown } from './npy-header.ts';

/** A whole number, exactly: a bigint only where a double would be in doubt, so that equal numbers are equal by `===`. */
export type Whole = number | bigint;

/** @param value a whole number */
export const whole = (value: number | bigint): Whole => {
  if (typeof value === 'bigint') {
    const near = Number(value);
    return Number.isSafeInteger(near) ? near : value;
  }
  // Without the sign of −0.
  return Number.isSafeInteger(value) ? value + 0 : BigInt(value);
};

/**
 * One whole number per sample, whatever type the array is of.
 *
 * @throws DataError for another number of values, for one that is not whole, and for floats so large that two neighbours may have become one.
 */
export const readColumn = async (path: string, samples: number): Promise<Whole[]> => {
  const file = await NpyFile.open(path);
  const { shape, type } = file.header;
  if (shape.length !== 1) throw new DataError(`${path}: has shape ${shown(shape)}; there must be one number per sample`);
  if (file.size !== samples) throw new DataError(`${path}: ${file.size} numbers for ${samples} samples`);
  const column: Whole[] = [];
  for await (const { count, view } of file.pieces()) {
    for (let k = 0; k < count; k++) {
      const value = type.readExactly(view, k * type.bytes);
      if (typeof value === 'number' && !Number.isInteger(value))
        throw new DataError(`${path}: sample ${column.length} has ${value}; it must be a whole number`);
      if (type.wholeBelow !== null && Math.abs(Number(value)) >= type.wholeBelow)
        throw new DataError(
          `${path}: sample ${column.length} has ${value}; floats of ${type.bytes * 8} bits tell whole numbers apart below ${type.wholeBelow} only: save the column as int64`,
        );
      column.push(whole(value));
    }
  }
  return column;
};
