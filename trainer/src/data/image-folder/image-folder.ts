import { createHash } from 'node:crypto';
import { join, relative } from 'node:path';
import { alive } from '../../alive.ts';
import { DataError } from '../data-error.ts';
import type { Samples } from '../dataset.ts';
import type { DatasetFormat } from '../format.ts';
import { type Content, loadedSource } from '../loaded-source.ts';
import { type LabelledFile, readClassFolders } from './class-folders.ts';
import { OPTIONS, readImageOptions } from './options.ts';
import { PictureReader, VIEW } from './picture-reader.ts';

/** Hash of each picture's pixels. */
const prints = ({ size, views }: Samples): string[] => {
  const values = views[VIEW] as Uint8Array;
  const length = values.length / size;
  return Array.from({ length: size }, (_, k) => {
    alive();
    return createHash('sha256')
      .update(values.subarray(k * length, (k + 1) * length))
      .digest('base64');
  });
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
  const reader = new PictureReader(folder, options);
  const train = await reader.read(found.train);
  const test = await reader.read(found.test);
  reader.checkAll();
  checkDoubles(folder, [
    { files: found.train, samples: train },
    { files: found.test, samples: test },
  ]);
  const classes = found.classes.map((name) => ({ name, superclass: null }));
  return { views: [{ name: VIEW, shape: reader.shape }], classes, train, test, ...(reader.remark && { remark: reader.remark }) };
};

/** Pictures in train/CLASS and test/CLASS, and perhaps a dataset.json that says how to bring them to one shape: see docs/guide/datasets.md. */
export const imageFolderFormat: DatasetFormat = {
  name: 'image folder',
  recognises: (files) => files.includes('train') || files.includes('test'),
  sources: (name, folder, files) => [loadedSource(name, folder, () => read(folder, files))],
};
