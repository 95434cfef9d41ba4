import type { Split } from '@studyhall/contract/measures/measure.ts';
import { Stream } from '../random/stream.ts';
import type { Analysed, AnalysisData, Samples } from './analysed.ts';

const everything = (size: number): Int32Array => Int32Array.from({ length: size }, (_, index) => index);

/** All samples of a split: those that the network learned from, those that were held back from it, the test split. */
const indicesOf = ({ split: own }: Analysed, { dataset }: AnalysisData, split: Split): Int32Array => {
  if (split === 'TEST') return everything(dataset.test.size);
  return split === 'TRAIN' ? own.transfer : own.validation;
};

/**
 * A network's samples of a split, at most so many: the first ones of an order drawn by its split seed, so that all networks of one split
 * are asked about the same ones. Null where there are none.
 */
export const samplesOf = (network: Analysed, data: AnalysisData, split: Split, most = Number.POSITIVE_INFINITY): Samples | null => {
  const all = indicesOf(network, data, split).slice();
  if (all.length === 0) return null;
  if (all.length > most) new Stream(network.splitSeed, 'probe').shuffle(all);
  const indices = all.slice(0, Math.min(all.length, most));
  const { labels: known } = split === 'TEST' ? data.dataset.test : data.dataset.train;
  const labels = indices.map((index) => known[index] as number);
  return { split, indices, labels, reader: split === 'TEST' ? data.testReader : data.trainReader };
};

/** The words for a split, for people. */
export const splitWords: Readonly<Record<Split, string>> = { TRAIN: 'training', VALIDATION: 'validation', TEST: 'test' };
