import { type Bench, paper, small, tiny } from '../bench.ts';
import { neuronSwitch, withFeatures } from '../features.ts';
import { independentPair, mutualPair } from '../pairs.ts';
import { bars, compare, plotted, preset, side } from '../preset.ts';
import { slides } from '../references.ts';
import type { Preset, System } from '../system.ts';

const networks = [0, 1];

const at = (bench: Bench, duration: string): Preset =>
  preset(
    bench,
    duration,
    [independentPair(bench), mutualPair(bench), withFeatures(bench, 'MIDDLE'), withFeatures(bench, 'MIDDLE', 'PERMUTATION')],
    bars(plotted(bench)),
    [
      ...networks.map((network) =>
        compare(
          side('middle', network, `DML + L2 in the middle, network ${network + 1},`),
          side('independent', network, 'its independent twin'),
          'MORE',
        ),
      ),
      ...networks.map((network) =>
        compare(side('middle', network, `DML + L2 in the middle, network ${network + 1},`), side('mutual', network, 'DML alone'), 'LESS'),
      ),
      ...networks.map((network) =>
        compare(
          side('middle-aligned', network, `L2 after the best permutation, network ${network + 1},`),
          side('middle', network, 'raw L2'),
          null,
        ),
      ),
    ],
  );

export const featuresMiddle: System = {
  row: 20,
  slug: 'features-middle',
  title: 'DML + L2 in the middle',
  claim: 'Independent < DML + L2 in the middle < DML.',
  summary:
    'Mutual learning with the mean squared distance between the networks’ activations halfway through, as they come and after the best permutation of neurons.',
  formula:
    '\\mathcal{L}_i = \\mathrm{CE}(y, p_i) + \\mathrm{KL}(p_j \\,\\|\\, p_i) + \\gamma\\, \\tfrac{1}{n d} \\left\\| h_i - P_\\pi h_j \\right\\|^2, \\quad \\pi = \\arg\\min_\\pi \\left\\| h_i - P_\\pi h_j \\right\\|^2',
  figure: 'FEATURES_MIDDLE',
  notes: [neuronSwitch, 'L2 after alignment has not been tried on the slides, nor elsewhere that we know of.'],
  references: [slides],
  presets: [at(tiny, 'about a minute on two cores'), at(small, 'about 20 minutes on two cores'), at(paper, 'two days on one GPU')],
};
