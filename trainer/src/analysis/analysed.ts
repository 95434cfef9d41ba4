import type { Split as SplitName } from '@studyhall/contract/measures/measure.ts';
import type { BatchReader } from '../data/batches.ts';
import type { Dataset } from '../data/dataset.ts';
import type { Split } from '../data/split.ts';
import type { FrozenMember } from '../training/cohort.ts';

/** A network that is asked about: its tensors, and the images that it has and has not learned from. */
export type Analysed = FrozenMember & {
  /** For people. */
  readonly label: string;
  /** Of its run. */
  readonly seed: number;
  readonly split: Split;
  readonly splitSeed: number;
  /** Its mean entropy on its probe after each epoch of its training, nats; null where that was not measured. */
  readonly probeEntropies?: readonly number[] | null;
};

/** The dataset, and who reads batches of it: training images as they are, and test images. */
export type AnalysisData = { readonly dataset: Dataset; readonly trainReader: BatchReader; readonly testReader: BatchReader };

/** Samples of one official split, by their index in it. */
export type Samples = {
  readonly split: SplitName;
  readonly indices: Int32Array;
  readonly labels: Int32Array;
  readonly reader: BatchReader;
};
