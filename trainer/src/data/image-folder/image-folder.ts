import { createHash } from 'node:crypto';
import { join, relative } from 'node:path';
import { DataError } from '../data-error.ts';
import type { Samples } from '../dataset.ts';
import type { DatasetFormat } from '../format.ts';
import { type Content, loadedSource } from '../loaded-source.ts';
import { type LabelledFile, readClassFolders } from './class-folders.ts';
import { decodePicture, type Picture } from './decode.ts';
import { type ImageOptions, readImageOptions } from './options.ts';

const VIEW = 'image';
const OPTIONS = 'dataset.json';

/** Pictures decoded side by side; each keeps one thread busy and some megabytes in memory. */
const AT_ONCE = 8;

/** More bytes than any trainer should have to hold. */
const MOST_BYTES = 8 * 2 ** 30;

const shapeOf = ({ height, width, channels }: Picture) => [height, width, channels];

const kind = (channels: number) => (channels === 1 ? 'grey' : 'colour');

type First = { readonly path: string; readonly picture: Picture };

/** Reads pictures of one shape, which the first of all decides, into samples. */
class Reader {
  readonly #folder: string;
  readonly #options: ImageOptions;
  #first: First | null = null;

  constructor(folder: string, options: ImageOptions) {
    this.#folder = folder;
    this.#options = options;
  }

  get shape(): readonly number[] {
    return this.#first === null ? [] : shapeOf(this.#first.picture);
  }

  async read(files: readonly LabelledFile[]): Promise<Samples> {
    const [first] = files as [LabelledFile];
    this.#first ??= { path: first.path, picture: await decodePicture(first.path, this.#options) };
    const size = this.#first.picture.pixels.length;
    if (files.length * size > MOST_BYTES) {
      const gigabytes = ((files.length * size) / 2 ** 30).toFixed(1);
      throw new DataError(`${this.#folder}: ${files.length} pictures would take ${gigabytes} GB; give a smaller "size" in ${OPTIONS}`);
    }
    const values = new Uint8Array(files.length * size);
    let next = 0;
    const work = async () => {
      for (let place = next++; place < files.length; place = next++) {
        const { path } = files[place] as LabelledFile;
        const picture = await decodePicture(path, this.#options);
        this.#check(path, picture);
        values.set(picture.pixels, place * size);
      }
    };
    // The first fault in the order of the files is told, whichever is found first.
    const faults = (await Promise.allSettled(Array.from({ length: AT_ONCE }, work))).flatMap((end) =>
      end.status === 'rejected' ? [end.reason] : [],
    );
    if (faults.length > 0) throw faults.sort((a, b) => (String(a) < String(b) ? -1 : 1))[0];
    return { size: files.length, labels: Int32Array.from(files, ({ label }) => label), views: { [VIEW]: values } };
  }

  #check(path: string, picture: Picture): void {
    const { path: firstPath, picture: first } = this.#first as First;
    const other = relative(this.#folder, firstPath);
    if (picture.height !== first.height || picture.width !== first.width) {
      throw new DataError(
        `${path}: is ${picture.height} × ${picture.width} pixels, but ${other} is ${first.height} × ${first.width}; make them one size, or give "size": [height, width] in ${OPTIONS}`,
      );
    }
    if (picture.channels !== first.channels) {
      throw new DataError(
        `${path}: is ${kind(picture.channels)}, but ${other} is ${kind(first.channels)}; give "channels": 1 (grey) or 3 (colour) in ${OPTIONS}`,
      );
    }
  }
}

/** Hash of each picture's pixels. */
const prints = ({ size, views }: Samples): string[] => {
  const values = views[VIEW] as Uint8Array;
  const length = values.length / size;
  return Array.from({ length: size }, (_, k) =>
    createHash('sha256')
      .update(values.subarray(k * length, (k + 1) * length))
      .digest('base64'),
  );
};

/** @throws DataError where equal pictures lie in two classes, or in both splits: somebody has mixed them up. */
const checkDoubles = (folder: string, parts: readonly { readonly files: readonly LabelledFile[]; readonly samples: Samples }[]): void => {
  const known = new Map<string, { path: string; label: number; part: number }>();
  let doubles = 0;
  let first = '';
  parts.forEach(({ files, samples }, part) => {
    prints(samples).forEach((print, place) => {
      const { path, label } = files[place] as LabelledFile;
      const before = known.get(print);
      if (before === undefined) known.set(print, { path, label, part });
      else if (before.label !== label || before.part !== part) {
        doubles++;
        first ||= `${relative(folder, path)} = ${relative(folder, before.path)}`;
      }
    });
  });
  if (doubles > 0)
    throw new DataError(
      `${folder}: ${doubles} picture${doubles > 1 ? 's lie' : ' lies'} in two classes, or in train and test: ${first}${doubles > 1 ? ' is the first' : ''}`,
    );
};

const read = async (folder: string, files: readonly string[]): Promise<Content> => {
  const options = files.includes(OPTIONS) ? await readImageOptions(join(folder, OPTIONS)) : { size: null, channels: null };
  const found = await readClassFolders(folder);
  const reader = new Reader(folder, options);
  const train = await reader.read(found.train);
  const test = await reader.read(found.test);
  checkDoubles(folder, [
    { files: found.train, samples: train },
    { files: found.test, samples: test },
  ]);
  const classes = found.classes.map((name) => ({ name, superclass: null }));
  return { views: [{ name: VIEW, shape: reader.shape }], classes, train, test };
};

/** Pictures in train/CLASS and test/CLASS, and perhaps a dataset.json that says how to bring them to one shape: see docs/guide/datasets.md. */
export const imageFolderFormat: DatasetFormat = {
  name: 'image folder',
  recognises: (files) => files.includes('train') || files.includes('test'),
  sources: (name, folder, files) => [loadedSource(name, folder, () => read(folder, files))],
};
