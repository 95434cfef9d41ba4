import { SafetensorsError, type StoredTensor, type TensorFile, writeSafetensors } from '../data/safetensors.ts';
import { concatenate } from './concatenate.ts';
import type { Network } from './network.ts';
import { notFiniteIn } from './not-finite.ts';

/** Where weights come from: what a later run must know before it learns from them. */
export type WeightsOrigin = {
  readonly model: string;
  readonly view: string;
  readonly classes: number;
  readonly datasetHash: string;
  /** The spec's `data`, as JSON: which images the network was trained on. */
  readonly data: string;
  readonly seed: number;
  readonly epoch: number;
};

const KIND = 'studyhall-weights';

type Flat = { readonly weights: Float32Array; readonly statistics: Float32Array };

const named = (items: Network['parameters'] | Network['statistics'], vector: Float32Array): [string, StoredTensor][] => {
  let offset = 0;
  return items.map(({ name, shape }) => {
    const size = shape.reduce((product, extent) => product * extent, 1);
    offset += size;
    return [name, { shape, data: vector.subarray(offset - size, offset) }];
  });
};

/** A network's parameters and running statistics under their names. */
export const packWeights = (network: Network, { weights, statistics }: Flat, origin: WeightsOrigin): Buffer =>
  writeSafetensors(Object.fromEntries([...named(network.parameters, weights), ...named(network.statistics, statistics)]), {
    kind: KIND,
    ...Object.fromEntries(Object.entries(origin).map(([key, value]) => [key, String(value)])),
  });

const gather = (items: Network['parameters'] | Network['statistics'], file: TensorFile, model: string): Float32Array => {
  const parts = items.map(({ name, shape }) => {
    const stored = file.tensors[name];
    if (stored === undefined) throw new SafetensorsError(`it holds no tensor ${name}, which ${model} needs`);
    if (stored.shape.join() !== shape.join() || !(stored.data instanceof Float32Array)) {
      throw new SafetensorsError(`tensor ${name} has shape [${stored.shape}]; ${model} needs [${shape}]`);
    }
    return stored.data;
  });
  return concatenate(parts);
};

/**
 * Where the weights of a file come from.
 *
 * @throws SafetensorsError when it is no weights file.
 */
export const readOrigin = ({ metadata }: TensorFile): WeightsOrigin => {
  const { kind, model = '', view = '', classes = '', datasetHash = '', data = '', seed = '', epoch = '' } = metadata;
  if (kind !== KIND) throw new SafetensorsError('it is not a weights file of Studyhall');
  return { model, view, classes: Number(classes), datasetHash, data, seed: Number(seed), epoch: Number(epoch) };
};

/**
 * Weights written by `packWeights`, for the network they belong to.
 *
 * @throws SafetensorsError when they belong to another architecture, or are not finite.
 */
export const unpackWeights = (file: TensorFile, network: Network): Flat => {
  const read = (items: Network['parameters'] | Network['statistics']): Float32Array => {
    const vector = gather(items, file, network.model);
    const wrong = notFiniteIn(items, vector);
    if (wrong !== null) throw new SafetensorsError(`its weights are not finite: ${wrong}`);
    return vector;
  };
  return { weights: read(network.parameters), statistics: read(network.statistics) };
};
