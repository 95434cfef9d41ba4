import type { Metric } from '../deck/system.ts';
import type { Figure } from './measure.ts';

/** What the deck's metrics measure. */
export const deckFigures: { readonly [M in Metric]: Figure } = {
  VALIDATION_ACCURACY: { measure: 'accuracy', split: 'VALIDATION' },
  TEST_ACCURACY: { measure: 'accuracy', split: 'TEST' },
  VALIDATION_ENTROPY: { measure: 'entropy', split: 'VALIDATION' },
  TEST_ENTROPY: { measure: 'entropy', split: 'TEST' },
  PROBE_ENTROPY: { measure: 'probeEntropy', split: 'TRAIN' },
  WITHHELD_ACCURACY: { measure: 'withheldAccuracy', split: 'TEST' },
  CORRECTED_WITHHELD_ACCURACY: { measure: 'correctedWithheldAccuracy', split: 'TEST' },
  TEST_GAP: { measure: 'accuracyGap', split: 'TEST' },
  HALFWAY_SIGMA: { measure: 'halfwaySigma', split: 'TRAIN' },
  RELATIVE_HALFWAY_SIGMA: { measure: 'relativeHalfwaySigma', split: 'TRAIN' },
  ADAPTIVE_SHARPNESS: { measure: 'adaptiveSharpness', split: 'TRAIN' },
  ALIGNED_DISTANCE: { measure: 'alignedDistance', split: 'VALIDATION' },
  EQUIVALENT_TEMPERATURE: { measure: 'equivalentTemperature', split: 'TRAIN' },
  EARLY_TEMPERATURE: { measure: 'earlyTemperature', split: 'TRAIN' },
  NEIGHBOUR_PURITY: { measure: 'neighbourPurity', split: 'VALIDATION' },
  CKA: { measure: 'cka', split: 'VALIDATION' },
};
