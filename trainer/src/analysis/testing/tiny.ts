import { BatchReader, measureViews } from '../../data/batches.ts';
import type { Dataset, Samples } from '../../data/dataset.ts';
import { eager } from '../../engine/eager.ts';
import { initialStatistics, initialWeights } from '../../nn/initialise.ts';
import { parseModel } from '../../nn/models.ts';
import type { Network } from '../../nn/network.ts';
import { Stream } from '../../random/stream.ts';
import type { Analysed, AnalysisData } from '../analysed.ts';
import { Predict } from '../predict.ts';

/** Pictures of 4 × 4 numbers drawn from N(0, 1); the class is told by `classOf`. */
const drawn = (size: number, seed: number, classOf: (picture: Float32Array) => number): Samples => {
  const stream = new Stream(seed, 'noise');
  const values = Float32Array.from({ length: size * 16 }, () => stream.normal());
  const labels = Int32Array.from({ length: size }, (_, sample) => classOf(values.subarray(sample * 16, (sample + 1) * 16)));
  return { size, labels, views: { pixels: values } };
};

/** Data that lie in memory: 48 training pictures, of which 16 are held back, and 16 test pictures; two classes. */
export const tinyData = (classOf: (picture: Float32Array) => number = ([x = 0]) => (x > 0 ? 1 : 0)): AnalysisData => {
  const dataset: Dataset = {
    name: 'tiny',
    hash: 'sha256:tiny',
    views: [{ name: 'pixels', shape: [4, 4, 1] }],
    classes: [
      { name: 'dark', superclass: null },
      { name: 'light', superclass: null },
    ],
    trainSize: 48,
    testSize: 16,
    train: drawn(48, 1, classOf),
    test: drawn(16, 2, classOf),
  };
  const normalisation = measureViews(dataset, ['pixels']);
  return {
    dataset,
    trainReader: new BatchReader(dataset, dataset.train, normalisation),
    testReader: new BatchReader(dataset, dataset.test, normalisation),
  };
};

const range = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, k) => from + k);

/** A network with weights as training begins with them, unless others are given. */
export const analysedOf = (network: Network, seed = 1, given: Partial<Analysed> = {}): Analysed => ({
  label: `network of seed ${seed}`,
  view: 'pixels',
  network,
  weights: initialWeights(network, seed, 0),
  statistics: initialStatistics(network),
  seed,
  split: { train: range(0, 32), transfer: range(0, 32), labelled: range(0, 32), validation: range(32, 48) },
  splitSeed: 0,
  ...given,
});

export const networkOf = (model: string): Network => parseModel(model)([4, 4, 1], 2);

/** Asks on the reference engine; what it made ready is given back by `dispose`. */
export const predictor = (signal = new AbortController().signal) => new Predict(eager('cpu'), () => undefined, signal);
