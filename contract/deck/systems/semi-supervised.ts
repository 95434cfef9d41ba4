import { type Bench, copies, group, paper, paperRecipe, small, tiny } from '../bench.ts';
import { independent, mutual } from '../methods.ts';
import { compare, plotted, preset, side, sweep } from '../preset.ts';
import { slides } from '../references.ts';
import type { Preset, System } from '../system.ts';

const at = (bench: Bench, duration: string, percents: readonly number[]): Preset => {
  const pair = copies(bench.small, 2);
  const place = (percent: number, series: string) => ({ x: percent, series, data: { labelledFraction: percent / 100 } });
  return preset(
    bench,
    duration,
    percents.flatMap((percent) => [
      group(bench, `supervised-${percent}`, `Supervised only, ${percent} % labelled`, pair, independent, place(percent, 'Supervised only')),
      group(bench, `mutual-${percent}`, `DML, ${percent} % labelled`, pair, mutual(), place(percent, 'DML')),
    ]),
    sweep(plotted(bench), 'Labelled, %', { xLogarithmic: true, members: [0, 1] }),
    percents.map((percent) =>
      compare(
        side(`mutual-${percent}`, 0, `DML with ${percent} % of the labels, network 1,`),
        side(`supervised-${percent}`, 0, 'the same network with these labels alone'),
        'MORE',
      ),
    ),
  );
};

export const semiSupervised: System = {
  row: 7,
  slug: 'semi-supervised',
  title: 'Semi-supervised version',
  claim: 'Where labels are few, mutual learning uses the unlabelled images too: the hard target is switched off for them, set to 0.',
  summary:
    'The hard-label term has a weight per sample, 0 where there is no label; the mutual term sees all images. Which images are labelled depends on the split’s seed alone, so every method has the same ones; training on labels alone gets equally many updates.',
  formula:
    '\\mathcal{L}_i = \\frac{\\sum_k w_k\\,\\mathrm{CE}(y_k, p_i(x_k))}{\\max(1, \\sum_k w_k)} + \\frac{1}{n}\\sum_k \\mathrm{KL}(p_j(x_k) \\,\\|\\, p_i(x_k)), \\quad w_k \\in \\{0, 1\\}',
  figure: 'SEMI_SUPERVISED',
  notes: [
    'At 100 % the groups are those of the mutual preset: the same runs.',
    'A batch without any labelled image gives the supervised networks nothing to learn from but weight decay; both methods make the same number of steps all the same.',
    paperRecipe,
  ],
  references: [slides],
  presets: [
    at(tiny, 'about 2 minutes on two cores', [10, 20, 50, 100]),
    at(small, 'about 40 minutes on two cores', [5, 10, 25, 100]),
    at(paper, 'a week on one GPU', [5, 10, 25, 50, 100]),
  ],
};
