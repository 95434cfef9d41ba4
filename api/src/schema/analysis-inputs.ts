import type { Reference } from '../analyses/kept-questions.ts';
import { builder } from '../builder.ts';
import { EngineChoice } from './enums.ts';
import { Split } from './measure.ts';

const seed = {
  description: 'Seed of whatever is drawn: the same seed, the same numbers.',
  required: true,
  defaultValue: 0,
  directives: { range: { min: 0, max: 2147483647 } },
} as const;

const samples = (defaultValue: number, max: number) =>
  ({
    description: 'Images of each split that are looked at, at most: the first ones of an order drawn by the split seed.',
    required: true,
    defaultValue,
    directives: { range: { min: 2, max, unit: 'images' } },
  }) as const;

export const GeneralisationInput = builder.inputType('GeneralisationInput', {
  fields: (t) => ({ enabled: t.boolean({ description: 'Nothing to set: always true.', required: true, defaultValue: true }) }),
});

const FlatnessScale = builder.enumType('FlatnessScale', {
  values: {
    ABSOLUTE: { description: 'σ of the noise is the same for every weight.' },
    FILTER: { description: `σ is a part of the norm of the filter that a weight belongs to, per weight of it (Li et al. 2018).` },
    WEIGHT: { description: 'σ is a part of the size of the weight itself: adaptive sharpness (Kwon et al. 2021).' },
  } as const,
});

const BatchNormStatistics = builder.enumType('BatchNormStatistics', {
  values: {
    KEPT: { description: 'The running statistics of the undisturbed network.' },
    REESTIMATED: { description: 'Those of the disturbed network, on training images.' },
  } as const,
});

export const FlatnessInput = builder.inputType('FlatnessInput', {
  description: 'Noise N(0, σ²) is added to every trainable weight; loss and accuracy are taken against σ.',
  fields: (t) => ({
    sigmas: t.floatList({
      description: 'Standard deviations of the noise, rising; 1 to 40 of them.',
      required: true,
      defaultValue: [0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5],
      directives: { range: { min: 0.000001, max: 100 } },
    }),
    draws: t.int({ description: 'Draws per σ.', required: true, defaultValue: 10, directives: { range: { min: 1, max: 100 } } }),
    scale: t.field({ type: FlatnessScale, description: 'What σ is measured by.', required: true, defaultValue: 'ABSOLUTE' }),
    batchNorm: t.field({
      type: BatchNormStatistics,
      description: `Batch norm's statistics under the noise.`,
      required: true,
      defaultValue: 'REESTIMATED',
    }),
    samples: t.int(samples(1000, 100_000)),
    seed: t.int(seed),
  }),
});

export const EntropyInput = builder.inputType('EntropyInput', {
  description: 'Entropy of the outputs, sample by sample.',
  fields: (t) => ({
    bins: t.int({
      description: 'Bins of the histogram, from 0 to the logarithm of the number of classes.',
      required: true,
      defaultValue: 20,
      directives: { range: { min: 2, max: 200 } },
    }),
    samples: t.int(samples(5000, 100_000)),
  }),
});

export const EquivalentTemperatureInput = builder.inputType('EquivalentTemperatureInput', {
  description: `T in [0.01, 100] at which the reference's mean entropy H(softmax(z / T)) equals a network's own mean entropy, both on the probe: training images as they are, in evaluation mode.`,
  fields: (t) => ({ enabled: t.boolean({ description: 'Nothing to set: always true.', required: true, defaultValue: true }) }),
});

export const PairsInput = builder.inputType('PairsInput', {
  description: 'Networks are compared two by two, layer by layer; one alone is compared with a copy of itself whose neurons are permuted.',
  fields: (t) => ({
    samples: t.int(samples(500, 5000)),
    barrierPoints: t.int({
      description: 'Points on the line between two networks at which the loss is taken, both ends among them; 0: no barrier.',
      required: true,
      defaultValue: 11,
      directives: { range: { min: 0, max: 51 } },
    }),
    seed: t.int(seed),
  }),
});

const EmbeddingMethod = builder.enumType('EmbeddingMethod', {
  values: {
    TSNE: { description: 't-SNE (van der Maaten & Hinton 2008).' },
    UMAP: { description: 'UMAP (McInnes et al. 2018).' },
  } as const,
});

export const EmbeddingInput = builder.inputType('EmbeddingInput', {
  description: 'Last features of all networks on the same samples, brought into the plane together.',
  fields: (t) => ({
    method: t.field({ type: EmbeddingMethod, description: 'What brings them there.', required: true, defaultValue: 'TSNE' }),
    split: t.field({ type: Split, description: 'Whose samples.', required: true, defaultValue: 'VALIDATION' }),
    samples: t.int({
      ...samples(250, 2000),
      description: 'Samples that each network is asked about; all networks together give at most 4,000 points.',
    }),
    perplexity: t.float({
      description: 'Of t-SNE: about how many neighbours a point has.',
      required: true,
      defaultValue: 30,
      directives: { range: { min: 2, max: 200 } },
    }),
    neighbours: t.int({
      description: 'Of UMAP: neighbours of a point.',
      required: true,
      defaultValue: 15,
      directives: { range: { min: 2, max: 200 } },
    }),
    seed: t.int(seed),
  }),
});

export const QuestionInput = builder.inputType('QuestionInput', {
  description: 'What is asked about networks: exactly one of these.',
  isOneOf: true,
  fields: (t) => ({
    generalisation: t.field({ type: GeneralisationInput, description: 'Training, validation and test accuracy and loss, and the gaps.' }),
    flatness: t.field({ type: FlatnessInput, description: 'How much noise on its weights a network bears.' }),
    entropy: t.field({ type: EntropyInput, description: 'How uncertain its outputs are.' }),
    equivalentTemperature: t.field({
      type: EquivalentTemperatureInput,
      description: 'The temperature at which a reference would be as uncertain.',
    }),
    pairs: t.field({ type: PairsInput, description: 'Whether networks differ beyond a permutation of their neurons.' }),
    embedding: t.field({ type: EmbeddingInput, description: 'Where their features lie.' }),
  }),
});

export const AnalysedNetworkInput = builder.inputType('AnalysedNetworkInput', {
  description: 'A network of a run that has succeeded.',
  fields: (t) => ({
    runId: t.id({ required: true }),
    network: t.int({ description: 'Its index.', required: true, defaultValue: 0, directives: { range: { min: 0, max: 63 } } }),
  }),
});

export const AskAnalysisInput = builder.inputType('AskAnalysisInput', {
  fields: (t) => ({
    networks: t.field({ type: [AnalysedNetworkInput], description: '1 to 16 networks, all on the same dataset.', required: true }),
    reference: t.field({
      type: AnalysedNetworkInput,
      description: 'Of an equivalent temperature: the independent twin, or the teacher. Absent for all others.',
    }),
    question: t.field({ type: QuestionInput, required: true }),
    priority: t.int({
      description: 'Higher goes first. Equal priorities go by age.',
      required: true,
      defaultValue: 0,
      directives: { range: { min: -100, max: 100 } },
    }),
    engine: t.field({ type: EngineChoice, description: 'The engine to compute with.', required: true, defaultValue: 'AUTO' }),
  }),
});

/** What networks of groups, and of runs that are scheduled, are held against. */
export const reference = {
  description:
    'Of an equivalent temperature: the group that they are held against, seed by seed, by its groupKey; absent: the independent twin of each.',
};
export const referenceNetwork = {
  description: 'Which of its networks; absent: for each network the one at its place, or the first where it has fewer.',
  directives: { range: { min: 0, max: 63 } },
} as const;

type NamedReference = { reference?: string | null | undefined; referenceNetwork?: number | null | undefined };

export const readReference = (given: NamedReference): Reference => ({
  groupKey: given.reference ?? null,
  network: given.referenceNetwork ?? null,
});

export const AskGroupsInput = builder.inputType('AskGroupsInput', {
  fields: (t) => ({
    groups: t.stringList({ description: 'groupKeys, 1 to 24: every seed of each is asked of.', required: true }),
    question: t.field({ type: QuestionInput, required: true }),
    together: t.boolean({
      description:
        'Asks of all groups at once, seed by seed, of the seeds that all of them have; else of each run by itself. Planes are always asked for of all at once.',
      required: true,
      defaultValue: false,
    }),
    reference: t.string(reference),
    referenceNetwork: t.int(referenceNetwork),
  }),
});
