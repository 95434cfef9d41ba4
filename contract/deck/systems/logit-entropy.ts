import { type Bench, copies, group, paper, paperRecipe, small, tiny } from '../bench.ts';
import { confidencePenalty } from '../methods.ts';
import { independentPair, mutualPair } from '../pairs.ts';
import { bars, compare, entropyOf, preset, side } from '../preset.ts';
import { pereyra } from '../references.ts';
import type { Preset, System } from '../system.ts';

const at = (bench: Bench, duration: string): Preset => {
  const penalised = group(bench, 'penalty', 'Confidence penalty, β = 0.1', copies(bench.small, 2), confidencePenalty(0.1), {
    series: 'Confidence penalty',
  });
  const more = (key: string, name: string, network: number) =>
    compare(
      side(key, network, `${name}, network ${network},`),
      side('independent', network, 'its independent twin'),
      'MORE',
      entropyOf(bench),
    );
  const asked = preset(
    bench,
    duration,
    [independentPair(bench), penalised, mutualPair(bench)],
    bars(entropyOf(bench)),
    [0, 1].flatMap((network) => [more('mutual', 'DML', network), more('penalty', 'The confidence penalty', network)]),
    [{ entropy: {} }],
  );
  return { ...asked, curves: ['PROBE_ENTROPY', ...(entropyOf(bench) === 'VALIDATION_ENTROPY' ? ['VALIDATION_ENTROPY' as const] : [])] };
};

export const logitEntropy: System = {
  row: 14,
  slug: 'logit-entropy',
  title: 'Entropy of the logits',
  claim: 'DML’s outputs are less certain than those of independent training, as if their entropy had been regularised.',
  summary:
    'Mean predictive entropy of two networks trained independently, with a confidence penalty, and mutually: after each epoch, on the probe of training images and on validation; and at the end, with a histogram over samples.',
  formula: '\\tfrac{1}{n} \\sum_x H(p(x)), \\quad H(p) = -\\sum_c p_c \\ln p_c',
  figure: 'CONFIDENCE_PENALTY',
  notes: [
    'The slide gives mean entropies of 1.7099 for independent training and 0.2602 for DML (ResNet-32, CIFAR-100). The paper’s own argument needs DML’s to be the higher one, so the two were most likely swapped. We measure, and copy neither.',
    paperRecipe,
  ],
  references: [pereyra],
  presets: [
    at(tiny, 'about a minute on two cores; the runs of the entropy-regularisation preset'),
    at(small, 'about 15 minutes on two cores; the runs of the entropy-regularisation preset'),
    at(paper, 'two days on one GPU; the runs of the entropy-regularisation preset'),
  ],
};
