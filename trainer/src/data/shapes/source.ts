import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentHash, type Dataset, type DatasetSource, type Samples, type Values } from '../dataset.ts';
import { readSafetensors, SafetensorsError, type StoredTensor, writeSafetensors } from '../safetensors.ts';
import { type Extent, GENERATOR_VERSION, generateShapes, SHAPES_HASH, SHAPES_SIZE, shapesContent } from './generate.ts';

const pack = (dataset: Dataset): Buffer => {
  const tensors: Record<string, StoredTensor> = {};
  for (const part of ['train', 'test'] as const) {
    const { size, labels, views } = dataset[part];
    tensors[`${part}.labels`] = { shape: [size], data: labels };
    for (const view of dataset.views)
      tensors[`${part}.${view.name}`] = { shape: [size, ...view.shape], data: views[view.name] as Uint8Array };
  }
  return writeSafetensors(tensors, { generator: String(GENERATOR_VERSION) });
};

const unpack = (bytes: Buffer, extent: Extent): Dataset => {
  const { tensors } = readSafetensors(bytes);
  const data = (name: string) => {
    const tensor = tensors[name];
    if (tensor === undefined) throw new SafetensorsError(`no tensor ${name}`);
    return tensor.data;
  };
  const samples = (part: string): Samples => ({
    size: data(`${part}.labels`).length,
    labels: data(`${part}.labels`) as Int32Array,
    views: { rgb: data(`${part}.rgb`) as Values, depth: data(`${part}.depth`) as Values },
  });
  const content = { ...shapesContent(extent), train: samples('train'), test: samples('test') };
  return { ...content, name: `shapes-${extent}`, hash: contentHash(content), trainSize: content.train.size, testSize: content.test.size };
};

/** From the cache if its content has the hash it must have, else null: an absent, outdated or damaged cache is made anew. */
const readCache = async (path: string, extent: Extent): Promise<Dataset | null> => {
  try {
    const dataset = unpack(await readFile(path), extent);
    return dataset.hash === SHAPES_HASH[extent] ? dataset : null;
  } catch {
    return null;
  }
};

/** Written beside its name first: other processes read whole files only. A cache that cannot be written costs time, no more. */
const writeCache = async (folder: string, path: string, dataset: Dataset): Promise<void> => {
  const draft = `${path}.${process.pid}.part`;
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(draft, pack(dataset));
    await rename(draft, path);
  } catch {
    await rm(draft, { force: true }).catch(() => {});
  }
};

/** The generated dataset of one extent, kept in `cache` once it has been asked for. */
export const shapesSource = (extent: Extent, cache: string): DatasetSource => {
  const name = `shapes-${extent}`;
  const path = join(cache, `${name}-v${GENERATOR_VERSION}.safetensors`);
  return {
    name,
    origin: 'generated',
    describe: async () => ({
      name,
      hash: SHAPES_HASH[extent],
      ...shapesContent(extent),
      trainSize: SHAPES_SIZE.train,
      testSize: SHAPES_SIZE.test,
    }),
    load: async () => {
      const kept = await readCache(path, extent);
      if (kept !== null) return kept;
      const dataset = generateShapes(extent);
      await writeCache(cache, path, dataset);
      return dataset;
    },
  };
};
