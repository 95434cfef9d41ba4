import type { Analysed, AnalysisData } from '../../../trainer/src/analysis/analysed.ts';
import { BatchReader, measureViews } from '../../../trainer/src/data/batches.ts';
import type { Dataset, Samples } from '../../../trainer/src/data/dataset.ts';
import { initialStatistics, initialWeights } from '../../../trainer/src/nn/initialise.ts';
import { parseModel } from '../../../trainer/src/nn/models.ts';
import { Stream } from '../../../trainer/src/random/stream.ts';

const SHAPE = [32, 32, 3] as const;
const CLASSES = 100;
const EACH = 1000;

const pictures = (size: number, seed: number): Samples => {
  const stream = new Stream(seed, 'noise');
  const pixels = Float32Array.from({ length: size * 32 * 32 * 3 }, () => stream.normal());
  return { size, labels: Int32Array.from({ length: size }, (_, sample) => sample % CLASSES), views: { pixels } };
};

/** Drawn pictures: 1,000 to learn from, 1,000 that are held back. */
export const benchData = (): AnalysisData => {
  const dataset: Dataset = {
    name: 'drawn',
    hash: 'sha256:drawn',
    views: [{ name: 'pixels', shape: [...SHAPE] }],
    classes: Array.from({ length: CLASSES }, (_, k) => ({ name: `class ${k}`, superclass: null })),
    trainSize: 2 * EACH,
    testSize: 10,
    train: pictures(2 * EACH, 1),
    test: pictures(10, 2),
  };
  const normalisation = measureViews(dataset, ['pixels']);
  return {
    dataset,
    trainReader: new BatchReader(dataset, dataset.train, normalisation),
    testReader: new BatchReader(dataset, dataset.test, normalisation),
  };
};

const range = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, k) => from + k);

/** Networks of several seeds. */
export const benchNetworks = (count: number): Analysed[] => {
  const network = parseModel('resnet-8')([...SHAPE], CLASSES);
  const known = range(0, EACH);
  return Array.from({ length: count }, (_, place) => ({
    label: `network of seed ${place}`,
    view: 'pixels',
    network,
    weights: initialWeights(network, place, 0),
    statistics: initialStatistics(network),
    seed: place,
    split: { train: known, transfer: known, labelled: known, validation: range(EACH, 2 * EACH) },
    splitSeed: 0,
  }));
};
