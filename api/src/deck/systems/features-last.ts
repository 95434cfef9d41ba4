import { type Bench, paper, small, tiny } from '../bench.ts';
import { neuronSwitch, withFeatures } from '../features.ts';
import { independentPair, mutualPair } from '../pairs.ts';
import { bars, compare, plotted, preset, side } from '../preset.ts';
import { slides } from '../references.ts';
import type { Preset, System } from '../system.ts';

const at = (bench: Bench, duration: string): Preset =>
  preset(
    bench,
    duration,
    [independentPair(bench), mutualPair(bench), withFeatures(bench, 'LAST'), withFeatures(bench, 'LAST', 'PERMUTATION')],
    bars(plotted(bench)),
    [
      ...[0, 1].map((network) =>
        compare(
          side('last', network, `DML + L2 on the last features, network ${network + 1},`),
          side('mutual', network, 'DML alone'),
          'LESS',
        ),
      ),
      ...[0, 1].map((network) =>
        compare(
          side('last-aligned', network, `L2 after the best permutation, network ${network + 1},`),
          side('last', network, 'raw L2'),
          null,
        ),
      ),
    ],
  );

export const featuresLast: System = {
  row: 18,
  slug: 'features-last',
  title: 'DML + L2 on features',
  claim: 'Networks that learn together learn different features; drawing the features together makes the accuracy lower.',
  summary:
    'Mutual learning with a further term: the mean squared distance between the networks’ last features, those the classifier reads. Peers are detached; unequal shapes are refused.',
  formula:
    '\\mathcal{L}_i = \\mathrm{CE}(y, p_i) + \\mathrm{KL}(p_j \\,\\|\\, p_i) + \\gamma\\, \\frac{1}{n d} \\sum_{x, a} \\left( f_i(x)_a - f_j(x)_{\\pi(a)} \\right)^2',
  figure: 'FEATURES_LAST',
  notes: [neuronSwitch, 'The slide names no γ; ours is 1, of a mean over batch and elements.'],
  references: [slides],
  presets: [at(tiny, 'about a minute on two cores'), at(small, 'about 20 minutes on two cores'), at(paper, 'two days on one GPU')],
};
