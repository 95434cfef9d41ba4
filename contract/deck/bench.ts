import type { Group, Scale, Spec } from './system.ts';

/** What all groups of a preset have in common: data, recipe, seeds, and the networks that stand for small and large. */
export type Bench = {
  readonly scale: Scale;
  readonly dataset: string;
  readonly data: object;
  readonly training: object;
  readonly seeds: readonly number[];
  readonly small: string;
  readonly large: string;
};

const seeds = [1, 2, 3];

/** Minutes on two cores. The quick start's recipe, so that its runs are shared. */
export const tiny: Bench = {
  scale: 'TINY',
  dataset: 'shapes-16',
  data: { trainSamples: 1000 },
  training: { epochs: 20, batchSize: 32, learningRate: 0.1 },
  seeds,
  small: 'cnn',
  large: 'cnn-32',
};

/** Real pictures, an hour at most. With all of Fashion-MNIST the gains would drown in the test set's binomial error. */
export const small: Bench = {
  scale: 'SMALL',
  dataset: 'fashion-mnist',
  data: { trainSamples: 2000, validationFraction: 0.05 },
  training: { epochs: 30, batchSize: 64, learningRate: 0.1 },
  seeds: [1, 2, 3, 4, 5],
  small: 'cnn',
  large: 'resnet-14',
};

/**
 * The recipe of the DML paper, section 4.1: SGD with Nesterov momentum 0.9, learning rate 0.1 divided by 10 every 60 epochs, 200 epochs,
 * batch 64, flip and reflect-pad 4 with a random crop; all training data, the last epoch. It states no weight decay: 5e-4 is ours.
 */
export const paper: Bench = {
  scale: 'PAPER',
  dataset: 'cifar-100',
  data: { validationFraction: 0 },
  training: {
    epochs: 200,
    batchSize: 64,
    learningRate: 0.1,
    schedule: { step: { milestones: [60, 120, 180] } },
    optimizer: { sgd: { momentum: 0.9, nesterov: true, weightDecay: 0.0005 } },
    augmentation: { flip: true, cropPadding: 4 },
  },
  seeds,
  small: 'resnet-32',
  large: 'wrn-28-10',
};

/** Said on every page whose preset at the paper's scale is trained so. */
export const paperRecipe = 'At the paper’s scale training follows the DML paper’s recipe. The paper states no weight decay; ours is 5e-4.';

/** The field's usual recipe for distillation on CIFAR-100, as RepDistiller has it. */
export const repDistiller: Bench = {
  ...paper,
  training: {
    epochs: 240,
    batchSize: 64,
    learningRate: 0.05,
    schedule: { step: { milestones: [150, 180, 210] } },
    optimizer: { sgd: { momentum: 0.9, nesterov: false, weightDecay: 0.0005 } },
    augmentation: { flip: true, cropPadding: 4 },
  },
  large: 'resnet-110',
};

/** Skeletons and inertial signals of the same actions: 431 sequences for training, the test split by other people (cross-subject). */
export const actions: Bench = {
  ...small,
  dataset: 'utd-mhad',
  data: {},
  training: { epochs: 60, batchSize: 32, learningRate: 0.05 },
  small: 'tcn-32',
  large: 'tcn-64',
};

/** Hinton's multilayer perceptrons on all of MNIST, a tenth held back for the bias correction and the soft labels. The optimizer is ours. */
export const digits: Bench = {
  ...paper,
  dataset: 'mnist',
  data: { validationFraction: 0.1 },
  training: { epochs: 60, batchSize: 128, learningRate: 0.05 },
  small: 'mlp-800-800',
  large: 'mlp-1200-1200',
};

/** The same network several times. */
export const copies = (model: string, count: number): readonly string[] => Array.from({ length: count }, () => model);

export type GroupPlace = { readonly x?: number; readonly series?: string };
type Networks = readonly (string | Spec['networks'][number])[];
type Changes = { readonly data?: object; readonly training?: object };

/** A group of the bench's runs; of its data and training what `changes` names is different. */
export function group(
  bench: Bench,
  key: string,
  title: string,
  networks: Networks,
  method: object,
  { x, series, data, training }: GroupPlace & Changes = {},
): Group {
  const spec: Spec = {
    dataset: bench.dataset,
    data: { ...bench.data, ...data },
    networks: networks.map((network) => (typeof network === 'string' ? { model: network } : network)),
    method,
    training: { ...bench.training, ...training },
  };
  return { key, title, spec, seeds: bench.seeds, x: x ?? null, series: series ?? null };
}
