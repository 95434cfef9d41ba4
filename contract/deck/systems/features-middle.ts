import { paperRecipe } from '../bench.ts';
import { featurePresets, featuresAgainstTwins, neuronSwitch } from '../features.ts';
import { slides } from '../references.ts';
import type { System } from '../system.ts';

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
  notes: [neuronSwitch, 'L2 after alignment has not been tried on the slides, nor elsewhere that we know of.', paperRecipe],
  references: [slides],
  presets: featurePresets('MIDDLE', featuresAgainstTwins('MIDDLE')),
};
