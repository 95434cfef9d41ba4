import { type Bench, copies, group, paper, paperRecipe, small, tiny } from '../bench.ts';
import { independent, mutual } from '../methods.ts';
import { compare, plotted, preset, side, sweep } from '../preset.ts';
import { paddleSlim } from '../references.ts';
import type { Preset, System } from '../system.ts';

const sizes = [1, 2, 3, 4, 5];

const at = (bench: Bench, duration: string): Preset => {
  const apart = sizes.map((size) =>
    group(bench, `independent-${size}`, `Independent ×${size}`, copies(bench.small, size), independent, { x: size, series: 'Independent' }),
  );
  const together = sizes
    .filter((size) => size > 1)
    .map((size) => group(bench, `mutual-${size}`, `DML ×${size}`, copies(bench.small, size), mutual(), { x: size, series: 'DML' }));
  return preset(
    bench,
    duration,
    [...apart, ...together],
    sweep(plotted(bench), 'Networks K', { members: [0, null] }),
    sizes
      .filter((size) => size > 1)
      .flatMap((size) => [
        compare(
          side(`mutual-${size}`, 0, `One network of ${size} that learn together`),
          side('independent-1', 0, 'the same network alone'),
          'MORE',
        ),
        compare(
          side(`mutual-${size}`, null, `The ensemble of ${size} that learn together`),
          side(`independent-${size}`, null, `the ensemble of ${size} independent ones`),
          'MORE',
        ),
      ]),
  );
};

export const cohortSize: System = {
  row: 11,
  slug: 'cohort-size',
  title: 'Cohort experiments: one network and the ensemble',
  claim: 'The more networks learn together, the better is each single one, and the better is the ensemble of all.',
  summary:
    'Accuracy of the first network and of the ensemble (mean of probabilities) for K = 1 … 5. The first network starts from the same weights and sees the same batches whatever K; the ensemble is held against the independent ensemble of the same K.',
  formula: '\\bar p(x) = \\tfrac{1}{K} \\sum_{i=1}^{K} p_i(x), \\quad K = 1, \\ldots, 5',
  figure: 'COHORT_SIZE',
  notes: [
    'An ensemble gains from K whether its members learned together or not. Only its distance from the independent ensemble is due to mutual learning.',
    paperRecipe,
  ],
  references: [paddleSlim],
  presets: [at(tiny, 'about 4 minutes on two cores'), at(small, 'about an hour on two cores'), at(paper, 'a week on one GPU')],
};
