import { type Bench, copies, group, paper, paperRecipe, small, tiny } from '../bench.ts';
import { confidencePenalty } from '../methods.ts';
import { independentPair, mutualPair } from '../pairs.ts';
import { bars, compare, entropyOf, plotted, preset, side } from '../preset.ts';
import { pereyra } from '../references.ts';
import type { Preset, System } from '../system.ts';
import { againstTwins } from '../twins.ts';

const at = (bench: Bench, duration: string, weight: number): Preset => {
  const penalised = group(bench, 'penalty', `Confidence penalty, β = ${weight}`, copies(bench.small, 2), confidencePenalty(weight), {
    series: 'Confidence penalty',
  });
  return preset(bench, duration, [independentPair(bench), penalised, mutualPair(bench)], bars(plotted(bench)), [
    ...againstTwins('penalty', 'The confidence penalty'),
    ...againstTwins('mutual', 'DML'),
    ...[0, 1].map((network) =>
      compare(
        side('mutual', network, `DML, network ${network},`),
        side('penalty', network, 'the same network with a confidence penalty'),
        'MORE',
      ),
    ),
    ...['mutual', 'penalty'].map((key) =>
      compare(
        side(key, 0, key === 'mutual' ? 'DML, network 0,' : 'The confidence penalty, network 0,'),
        side('independent', 0, 'its independent twin'),
        'MORE',
        entropyOf(bench),
      ),
    ),
  ]);
};

export const entropyRegularisation: System = {
  row: 15,
  slug: 'entropy-regularisation',
  title: 'Entropy regularisation against DML',
  claim: 'DML regularises the entropy of the outputs, and that finds wider minima. Regularising the entropy alone does not do as well.',
  summary:
    'Three ways to train the same two networks: independently, with a confidence penalty on each network’s own output, and mutually.',
  formula: '\\mathcal{L} = \\mathrm{CE}(y, p) - \\beta\\, \\tfrac{1}{n} \\sum_x H(p(x)), \\quad H(p) = -\\sum_c p_c \\ln p_c',
  figure: 'CONFIDENCE_PENALTY',
  notes: [
    'The slide gives mean entropies of 1.7099 for independent training and 0.2602 for DML (ResNet-32, CIFAR-100). The paper’s own argument needs DML’s to be the higher one, so the two were most likely swapped. We measure, and copy neither.',
    'Entropies are means over a split, in nats. That DML’s is the higher one is what the slide’s argument claims; its two numbers say the opposite.',
    paperRecipe,
  ],
  references: [pereyra],
  presets: [
    at(tiny, 'about a minute on two cores', 0.1),
    at(small, 'about 15 minutes on two cores', 0.1),
    at(paper, 'two days on one GPU', 0.1),
  ],
};
