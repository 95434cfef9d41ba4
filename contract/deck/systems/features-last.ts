import { paperRecipe } from '../bench.ts';
import { featurePresets, neuronSwitch } from '../features.ts';
import { slides } from '../references.ts';
import type { System } from '../system.ts';

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
  notes: [neuronSwitch, 'The slide names no γ; ours is 1, of a mean over batch and elements.', paperRecipe],
  references: [slides],
  presets: featurePresets('LAST'),
};
