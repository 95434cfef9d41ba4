import { type Bench, paper, paperRecipe, small, tiny } from '../bench.ts';
import { entropyOfMean, sameGradient, trio } from '../cohorts.ts';
import { bars, plotted, preset } from '../preset.ts';
import { paddleSlim } from '../references.ts';
import type { Preset, System } from '../system.ts';
import { againstTwins } from '../twins.ts';

const at = (bench: Bench, duration: string): Preset =>
  preset(
    bench,
    duration,
    [trio.independent(bench), trio.pairwise(bench), trio.simultaneous(bench)],
    bars(plotted(bench)),
    againstTwins('pairwise', 'Strategy 1', 3),
  );

export const strategy1: System = {
  row: 9,
  slug: 'cohort-strategy-1',
  title: 'Cohorts, strategy 1',
  claim: 'More than two networks learn together, each from every other. Strategy 1 works better than strategy 2.',
  summary: 'K networks, each learning from the labels and from the mean of its divergences from all its peers.',
  formula: '\\mathcal{L}_i = \\mathrm{CE}(y, p_i) + \\tfrac{1}{K-1} \\sum_{j \\ne i} \\mathrm{KL}(p_j \\,\\|\\, p_i)',
  figure: 'COHORT_PAIRWISE',
  notes: [sameGradient, entropyOfMean, paperRecipe],
  references: [paddleSlim],
  presets: [at(tiny, 'about a minute on two cores'), at(small, 'about 20 minutes on two cores'), at(paper, 'two days on one GPU')],
};
