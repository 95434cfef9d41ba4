import { type Bench, paper, paperRecipe, small, tiny } from '../bench.ts';
import { entropyOfMean, sameGradient, trio } from '../cohorts.ts';
import { bars, compare, entropyOf, plotted, preset, side } from '../preset.ts';
import { dmlEnsembleTarget } from '../references.ts';
import type { Preset, System } from '../system.ts';
import { againstTwins } from '../twins.ts';

const at = (bench: Bench, duration: string): Preset =>
  preset(bench, duration, [trio.independent(bench), trio.pairwise(bench), trio.ensemble(bench), trio.logits(bench)], bars(plotted(bench)), [
    ...[0, 1, 2].map((network) =>
      compare(side('pairwise', network, `Strategy 1, network ${network + 1},`), side('ensemble', network, 'strategy 2'), 'MORE'),
    ),
    compare(side('pairwise', 0, 'Strategy 1, network 1,'), side('ensemble', 0, 'strategy 2'), 'MORE', entropyOf(bench)),
    compare(side('logits', 0, 'Averaging logits, network 1,'), side('ensemble', 0, 'averaging probabilities'), null),
    ...againstTwins('ensemble', 'Strategy 2', 3),
  ]);

export const strategy2: System = {
  row: 10,
  slug: 'cohort-strategy-2',
  title: 'Cohorts, strategy 2',
  claim: 'Each network learns from the mean of its peers. Strategy 1 works better, because strategy 2 leads to less entropy.',
  summary:
    'K networks, each learning from the labels and from the mean of its peers’ probabilities (DML_e in the paper). What really differs from strategy 1 is averaging the logits: a geometric-mean teacher.',
  formula:
    '\\mathcal{L}_i = \\mathrm{CE}(y, p_i) + \\mathrm{KL}\\!\\left(\\tfrac{1}{K-1} \\textstyle\\sum_{j \\ne i} p_j \\,\\Big\\|\\, p_i\\right)',
  figure: 'COHORT_ENSEMBLE',
  notes: [sameGradient, entropyOfMean, paperRecipe],
  references: [dmlEnsembleTarget],
  presets: [
    at(tiny, 'about a minute and a half on two cores'),
    at(small, 'about half an hour on two cores'),
    at(paper, 'three days on one GPU'),
  ],
};
