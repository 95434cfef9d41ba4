import { sha256Of } from './sha256.ts';

/** A modality: what one network sees of a sample. Shape: height, width, channels; or time steps, channels. */
export type View = { readonly name: string; readonly shape: readonly number[] };

export type DatasetClass = { readonly name: string; readonly superclass: string | null };

/** What a trainer announces of a dataset; the contract's DatasetInput. */
export type DatasetDescription = {
  readonly name: string;
  /** SHA-256 over the content: `sha256:…`. Equal hash, equal bytes, in whatever files they came. */
  readonly hash: string;
  readonly views: readonly View[];
  readonly classes: readonly DatasetClass[];
  readonly trainSize: number;
  readonly testSize: number;
};

/**
 * Bytes are pixels 0 … 255; floats are taken as they are, in double precision where a view's numbers lie too close together for 32 bits.
 * Sample after sample, each in its view's shape.
 */
export type Values = Uint8Array | Float32Array | Float64Array;

export type Samples = {
  readonly size: number;
  /** Class index of each sample. */
  readonly labels: Int32Array;
  /** Values by view name. */
  readonly views: Readonly<Record<string, Values>>;
};

/** What there is to say of data that are used all the same, for people; absent: nothing. */
export type Remarked = { readonly remark?: string };

export type Dataset = DatasetDescription & Remarked & { readonly train: Samples; readonly test: Samples };

/** A dataset that is known to exist here; reading all of it can wait until a run needs it. */
export interface DatasetSource {
  readonly name: string;
  /** Folder or generator, for people. */
  readonly origin: string;
  /** How many samples its splits have as they were published; absent where files of any size are whole. */
  readonly published?: { readonly train: number; readonly test: number };
  /** @throws DataError when the content cannot be used. */
  describe(): Promise<DatasetDescription & Remarked>;
  /** @throws DataError when the content cannot be used. */
  load(): Promise<Dataset>;
}

/** Numbers in one sample of a view. */
export const viewSize = (view: View): number => view.shape.reduce((product, extent) => product * extent, 1);

const bytesOf = (values: Values | Int32Array): Uint8Array => new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

const typeOf = (values: Values): string => {
  if (values instanceof Uint8Array) return 'uint8';
  return values instanceof Float32Array ? 'float32' : 'float64';
};

/** Hash of everything that training can see of a dataset: views, classes, labels and values, but not its name or its files. */
export const contentHash = (content: Pick<Dataset, 'views' | 'classes' | 'train' | 'test'>): string => {
  const header = {
    views: content.views.map(({ name, shape }) => [name, shape, typeOf(content.train.views[name] as Values)]),
    classes: content.classes.map(({ name, superclass }) => [name, superclass]),
    sizes: [content.train.size, content.test.size],
  };
  const samples = [content.train, content.test].flatMap(({ labels, views }) => [
    bytesOf(labels),
    ...content.views.map(({ name }) => bytesOf(views[name] as Values)),
  ]);
  return `sha256:${sha256Of([`${JSON.stringify(header)}\n`, ...samples])}`;
};
