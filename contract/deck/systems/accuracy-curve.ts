import { type Bench, paper, paperRecipe, small, tiny } from '../bench.ts';
import { independentPair, mutualPair } from '../pairs.ts';
import { curves, preset } from '../preset.ts';
import { dmlPaperCurve } from '../references.ts';
import type { Preset, System } from '../system.ts';
import { againstTwins } from '../twins.ts';

const at = (bench: Bench, duration: string): Preset =>
  preset(bench, duration, [independentPair(bench), mutualPair(bench)], curves('VALIDATION_ACCURACY'), againstTwins('mutual', 'DML'));

export const accuracyCurve: System = {
  row: 6,
  slug: 'accuracy-curve',
  title: 'The accuracy curve',
  claim: 'DML’s accuracy lies above independent training almost from the first epoch on.',
  summary:
    'Validation accuracy per epoch of each network of a mutual pair and of its independent twin, the mean over seeds with a band of one standard deviation.',
  formula: '\\mathrm{acc}_i(e) = \\tfrac{1}{n} \\sum_{(x, y) \\in \\text{validation}} \\left[ \\arg\\max p_i(x; \\theta_e) = y \\right]',
  figure: 'CURVES',
  notes: [
    'The slide shows ImageNet; at the paper’s scale we take CIFAR-100 with the paper’s recipe, holding a tenth of the training images back: the curve needs a validation split, and the test split is read once, at the end.',
    paperRecipe,
  ],
  references: [dmlPaperCurve],
  presets: [
    at(tiny, 'about half a minute on two cores; the runs of the mutual preset'),
    at(small, 'about 10 minutes on two cores; the runs of the mutual preset'),
    at({ ...paper, data: { validationFraction: 0.1 } }, 'a day on one GPU'),
  ],
};
