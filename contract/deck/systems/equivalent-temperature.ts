import { type Bench, paper, paperRecipe, small, tiny } from '../bench.ts';
import { independentPair, mutualPair } from '../pairs.ts';
import { analyses, compare, preset, side } from '../preset.ts';
import { slides } from '../references.ts';
import type { Contrast, Preset, System, Together } from '../system.ts';

const networks = [0, 1];

/** A network and its independent twin, of one seed, by what the twin is at its end. */
const asked = (network: number): Together => {
  const twin = { group: 'independent', network };
  return { question: { equivalentTemperature: {} }, networks: [twin, { group: 'mutual', network }], reference: twin };
};

const falls = (network: number): Contrast => ({
  ...compare(
    side('mutual', network, `DML, network ${network}, at its end`),
    side('mutual', network, 'itself after a quarter of the epochs'),
    'LESS',
    'EQUIVALENT_TEMPERATURE',
  ),
  againstMetric: 'EARLY_TEMPERATURE',
});

/** The twin's own is 1 at its end, by definition. */
const remains = (network: number): Contrast =>
  compare(
    side('mutual', network, `DML, network ${network}, at its end`),
    side('independent', network, 'its independent twin'),
    null,
    'EQUIVALENT_TEMPERATURE',
  );

const at = (bench: Bench, duration: string): Preset =>
  preset(
    bench,
    duration,
    [independentPair(bench), mutualPair(bench)],
    analyses('EQUIVALENT_TEMPERATURE'),
    [...networks.map(falls), ...networks.map(remains)],
    [],
    networks.map(asked),
  );

export const equivalentTemperatureSystem: System = {
  row: 16,
  slug: 'equivalent-temperature',
  title: 'Adaptive temperature',
  claim: 'The peers’ entropy falls while training goes on: mutual learning is distillation whose temperature adapts.',
  summary:
    'After each epoch the mean entropy of a peer on one fixed probe of training images as they are, in evaluation mode; the equivalent temperature is the T in [0.01, 100] at which its independent twin, as it is at the end of training, has the same mean entropy on the same probe. Absent where no T has it.',
  formula: '\\tfrac{1}{n} \\sum_x H\\!\\left(\\mathrm{softmax}(z_{\\mathrm{twin}}(x) / T_e)\\right) = \\tfrac{1}{n} \\sum_x H(p_e(x))',
  figure: 'MUTUAL_PAIR',
  notes: [
    'The author’s viewpoint, not a measured result: it is made measurable here.',
    'The independent twin’s own equivalent temperature falls too, to 1 at its end by definition. What mutual learning adds is the distance between the two curves.',
    'A run that was trained before its probe was looked at after each epoch has an equivalent temperature at its end alone.',
    paperRecipe,
  ],
  references: [slides],
  presets: [
    at(tiny, 'about a minute on two cores; the runs of the mutual preset'),
    at(small, 'about 15 minutes on two cores; the runs of the mutual preset'),
    at(paper, 'a day on one GPU; the runs of the mutual preset'),
  ],
};
