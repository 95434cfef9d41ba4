import { type Bench, paper, paperRecipe, small, tiny } from '../bench.ts';
import { independentPair, mutualPair } from '../pairs.ts';
import { bars, compare, preset, side } from '../preset.ts';
import { andriushchenko, slides } from '../references.ts';
import type { Contrast, Metric, Preset, System } from '../system.ts';

const bears = (metric: Metric, expected: Contrast['expected'] = 'MORE') =>
  [0, 1].map((network) =>
    compare(side('mutual', network, `DML, network ${network},`), side('independent', network, 'its independent twin'), expected, metric),
  );

/** On two cores all of it takes minutes: each draw is a look at every image. */
const few = { draws: 4, samples: 300 };

const at = (bench: Bench, duration: string): Preset =>
  preset(
    bench,
    duration,
    [independentPair(bench), mutualPair(bench)],
    bars('RELATIVE_HALFWAY_SIGMA'),
    [...bears('HALFWAY_SIGMA'), ...bears('RELATIVE_HALFWAY_SIGMA'), ...bears('ADAPTIVE_SHARPNESS', 'LESS')],
    (['ABSOLUTE', 'FILTER', 'WEIGHT'] as const).map((scale) => ({ flatness: { scale, ...(bench === tiny ? few : {}) } })),
  );

export const flatness: System = {
  row: 13,
  slug: 'flatness',
  title: 'Flatness',
  claim: 'DML finds wider minima: the training loss rises less when noise is added to the weights.',
  summary:
    'Noise N(0, σ²) on every trainable weight, ten draws (tiny: four) at each of ten σ; loss and accuracy against σ. One number: σ at which accuracy has fallen halfway from clean to chance, absolute and relative to each filter’s norm. Beside it adaptive sharpness: how much the loss rises under noise of a tenth of each weight.',
  formula: '\\mathbb{E}_{\\varepsilon \\sim \\mathcal{N}(0, \\sigma^2)}\\, \\mathcal{L}(\\theta + \\varepsilon) - \\mathcal{L}(\\theta)',
  figure: 'MUTUAL_PAIR',
  notes: [
    'Batch norm makes the weights before it scale-invariant: networks of larger norm bear larger noise without being flatter. So σ is also measured by each filter’s norm (Li et al. 2018), and batch norm’s statistics are taken anew under each draw.',
    'Sharpness does not correlate well with generalisation (Andriushchenko et al. 2023): a wider minimum is no explanation by itself.',
    'Loss and accuracy against σ are drawn as means over seeds of the means over draws; each run’s own answer has the band over draws.',
    paperRecipe,
  ],
  references: [slides, andriushchenko],
  presets: [
    at(tiny, 'about 3 minutes on two cores; the runs of the mutual preset'),
    at(small, 'about 20 minutes on two cores; the runs of the mutual preset'),
    at(paper, 'a day on one GPU; the runs of the mutual preset'),
  ],
};
