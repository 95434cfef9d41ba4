import { written } from '@studyhall/contract/settings/written.ts';
import { contentOf } from '../content.ts';
import { DataError } from '../data-error.ts';

const EXTENT = 32;
const PIXELS = EXTENT * EXTENT;
const CHANNELS = 3;

export const CIFAR_SHAPE: readonly number[] = [EXTENT, EXTENT, CHANNELS];

/** A label that stands at the begin of every record: one byte below `classes`. */
export type LabelByte = { readonly name: string; readonly classes: number };

export type Records = { readonly size: number; readonly labels: readonly Int32Array[]; readonly images: Uint8Array };

const bytesPerRecord = (labels: number) => labels + PIXELS * CHANNELS;

const checkLength = (path: string, length: number, labels: number): void => {
  const record = bytesPerRecord(labels);
  if (length === 0) throw new DataError(`${path}: holds no records`);
  if (length % record === 0) return;
  const other = labels === 1 ? 2 : 1;
  const hint =
    length % bytesPerRecord(other) === 0
      ? `, and these are records of ${written(bytesPerRecord(other))} bytes, as CIFAR-${other === 1 ? 10 : 100} has them`
      : `; after ${written(Math.floor(length / record))} records ${written(length % record)} bytes are left: cut short, or another kind of file`;
  throw new DataError(
    `${path}: ${written(length)} bytes are not a multiple of ${written(record)} (${labels} of label, 3,072 of image)${hint}`,
  );
};

/**
 * Reads CIFAR's binary records, gzipped or not: the label bytes, then 32 × 32 red, green and blue bytes, plane after plane
 * (https://www.cs.toronto.edu/~kriz/cifar.html). Images come out as [32, 32, 3], the labels in the order of `labels`.
 *
 * @throws DataError for a file that is not made of such records, or that holds a label out of range.
 */
export const readCifar = async (path: string, labels: readonly LabelByte[]): Promise<Records> => {
  const bytes = await contentOf(path);
  checkLength(path, bytes.length, labels.length);
  const record = bytesPerRecord(labels.length);
  const size = bytes.length / record;
  const images = new Uint8Array(size * PIXELS * CHANNELS);
  const found = labels.map(() => new Int32Array(size));
  for (let k = 0; k < size; k++) {
    labels.forEach(({ name, classes }, place) => {
      const label = bytes[k * record + place] as number;
      if (label >= classes) throw new DataError(`${path}: record ${k} has ${name} ${label}; it must be below ${classes}`);
      (found[place] as Int32Array)[k] = label;
    });
    const planes = k * record + labels.length;
    const image = k * PIXELS * CHANNELS;
    for (let channel = 0; channel < CHANNELS; channel++) {
      const plane = planes + channel * PIXELS;
      for (let pixel = 0; pixel < PIXELS; pixel++) images[image + pixel * CHANNELS + channel] = bytes[plane + pixel] as number;
    }
  }
  return { size, labels: found, images };
};
