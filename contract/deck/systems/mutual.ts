import { type Bench, paper, paperRecipe, small, tiny } from '../bench.ts';
import { independentPair, mutualPair } from '../pairs.ts';
import { bars, compare, plotted, preset, side } from '../preset.ts';
import { dcm, dmlSame, replicationWithoutGain } from '../references.ts';
import type { Preset, System } from '../system.ts';
import { againstTwins } from '../twins.ts';

const at = (bench: Bench, duration: string): Preset =>
  preset(bench, duration, [independentPair(bench), mutualPair(bench)], bars(plotted(bench)), [
    ...againstTwins('mutual', 'DML'),
    compare(side('mutual', null, 'DML, the ensemble of both,'), side('independent', null, 'the independent ensemble'), null),
  ]);

export const mutualLearning: System = {
  row: 3,
  slug: 'mutual',
  title: 'Deep Mutual Learning',
  claim: 'Two networks trained from scratch that learn from each other do better than each of them alone.',
  summary:
    'No teacher: each of two networks learns from the labels and from the other’s output on the same images, in training mode and detached. Its twin starts from the same weights and sees the same batches, without the other.',
  formula:
    '\\mathcal{L}_0 = \\mathrm{CE}(y, p_0) + \\mathrm{KL}(p_1 \\,\\|\\, p_0), \\quad \\mathcal{L}_1 = \\mathrm{CE}(y, p_1) + \\mathrm{KL}(p_0 \\,\\|\\, p_1)',
  figure: 'MUTUAL_PAIR',
  notes: [
    'Gains are small and noisy: for two small networks 0 to +2 points are to be expected, sometimes a loss. One seed proves nothing; runs of one seed pair up.',
    'An ensemble of two networks is about 1.7 points better than its member without any mutual learning. It is therefore held against the independent ensemble.',
    paperRecipe,
  ],
  references: [dmlSame, dcm, replicationWithoutGain],
  presets: [
    at(tiny, 'about half a minute on two cores; the quick start’s runs are shared'),
    at(small, 'about 10 minutes on two cores'),
    at(paper, 'a day on one GPU'),
  ],
};
