import { type Bench, paper, paperRecipe, small, tiny } from '../bench.ts';
import { neuronSwitch } from '../features.ts';
import { independentPair, mutualPair } from '../pairs.ts';
import { bars, compare, preset, side } from '../preset.ts';
import { davari, slides } from '../references.ts';
import type { Metric, Preset, System, Together } from '../system.ts';

/** Figures of a cohort's pairs are its ensemble's. */
const pairs = (metric: Metric) =>
  compare(side('mutual', null, 'DML’s two networks'), side('independent', null, 'two that were trained independently'), null, metric);

/** The problem itself: one network against its own permuted copy. */
const copied: Together = { question: { pairs: {} }, networks: [{ group: 'independent', network: 0 }], reference: null };

const at = (bench: Bench, duration: string): Preset =>
  preset(
    bench,
    duration,
    [independentPair(bench), mutualPair(bench)],
    { ...bars('ALIGNED_DISTANCE'), members: [null] },
    [pairs('ALIGNED_DISTANCE'), pairs('CKA')],
    [{ pairs: {} }],
    [copied],
  );

export const neuronSwitchSystem: System = {
  row: 19,
  slug: 'neuron-switch',
  title: 'The neuron-switch problem',
  claim: 'Neurons may change places without changing the function: L2 between the features of two networks says nothing by itself.',
  summary:
    'For each pair of networks and layer: L2 of the features, L2 after the permutation of neurons that minimises it, both relative to the norms, debiased linear CKA, agreement, and the barrier on the line between the two, before and after the permutation. And the problem itself: network 0, trained alone, against its own permuted copy.',
  formula:
    '\\min_{\\pi}\\; \\frac{\\sum_{x, a} \\left( f_i(x)_a - f_j(x)_{\\pi(a)} \\right)^2}{\\lVert f_i \\rVert^2 + \\lVert f_j \\rVert^2}',
  figure: 'FEATURES_LAST',
  notes: [
    neuronSwitch,
    'The slide leaves open whether DML’s features differ beyond a permutation. The answer here is in comparison to two networks that were trained independently of each other.',
    'CKA can be moved at will without moving the function (Davari et al. 2023), and of more features than samples only the debiased one is near 0 for features that have nothing in common.',
    'Network 0 and its permuted copy compute the same: their raw distance is large, the aligned one 0, CKA 1, and there is no barrier once they are aligned. What is left between two networks after the alignment is more than a permutation.',
    paperRecipe,
  ],
  references: [slides, davari],
  presets: [
    at(tiny, 'about a minute on two cores; the runs of the mutual preset'),
    at(small, 'about 15 minutes on two cores; the runs of the mutual preset'),
    at({ ...paper, data: { validationFraction: 0.1 } }, 'a day on one GPU; the runs of the accuracy-curve preset'),
  ],
};
