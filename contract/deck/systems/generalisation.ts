import { type Bench, paper, paperRecipe, small, tiny } from '../bench.ts';
import { independentPair, mutualPair } from '../pairs.ts';
import { bars, compare, preset, side } from '../preset.ts';
import { slides } from '../references.ts';
import type { Preset, System } from '../system.ts';
import { againstTwins } from '../twins.ts';

const at = (bench: Bench, duration: string): Preset =>
  preset(
    bench,
    duration,
    [independentPair(bench), mutualPair(bench)],
    bars('TEST_GAP'),
    [
      ...[0, 1].map((network) =>
        compare(
          side('mutual', network, `DML, network ${network},`),
          side('independent', network, 'its independent twin'),
          'LESS',
          'TEST_GAP',
        ),
      ),
      ...againstTwins('mutual', 'DML'),
    ],
    [{ generalisation: {} }],
  );

export const generalisation: System = {
  row: 12,
  slug: 'generalisation',
  title: 'Generalisation',
  claim: 'Both methods reach a training accuracy of 1; on what neither has seen DML is better.',
  summary:
    'Training, validation and test accuracy of each network of a mutual pair and of its independent twin, and the gap between them. Training accuracy is that on the training images as they are, in evaluation mode.',
  formula: '\\mathrm{gap}_i = \\mathrm{acc}_i(\\text{training}) - \\mathrm{acc}_i(\\text{test})',
  figure: 'MUTUAL_PAIR',
  notes: [
    'Where training accuracy is not 1, a narrower gap may as well come from learning the training images less well: read the gap beside the accuracies.',
    paperRecipe,
  ],
  references: [slides],
  presets: [
    at(tiny, 'about half a minute on two cores; the runs of the mutual preset'),
    at(small, 'about 10 minutes on two cores; the runs of the mutual preset'),
    at(paper, 'a day on one GPU; the runs of the mutual preset'),
  ],
};
