import type { System } from './system.ts';
import { accuracyCurve } from './systems/accuracy-curve.ts';
import { architectures } from './systems/architectures.ts';
import { baselineKd } from './systems/baseline-kd.ts';
import { cohortSize } from './systems/cohort-size.ts';
import { crossModal } from './systems/cross-modal.ts';
import { embeddingSystem } from './systems/embedding.ts';
import { entropyRegularisation } from './systems/entropy.ts';
import { equivalentTemperatureSystem } from './systems/equivalent-temperature.ts';
import { featuresLast } from './systems/features-last.ts';
import { featuresMiddle } from './systems/features-middle.ts';
import { flatness } from './systems/flatness.ts';
import { generalisation } from './systems/generalisation.ts';
import { logitEntropy } from './systems/logit-entropy.ts';
import { mutualLearning } from './systems/mutual.ts';
import { neuronSwitchSystem } from './systems/neuron-switch.ts';
import { semiSupervised } from './systems/semi-supervised.ts';
import { softLabelsSystem } from './systems/soft-labels.ts';
import { strategy1 } from './systems/strategy-1.ts';
import { strategy2 } from './systems/strategy-2.ts';
import { updateOrder } from './systems/update-order.ts';

/** The deck's systems that can be put to the test, in the order of its table. */
export const systems: readonly System[] = [
  baselineKd,
  softLabelsSystem,
  mutualLearning,
  updateOrder,
  architectures,
  accuracyCurve,
  semiSupervised,
  crossModal,
  strategy1,
  strategy2,
  cohortSize,
  generalisation,
  flatness,
  logitEntropy,
  entropyRegularisation,
  equivalentTemperatureSystem,
  embeddingSystem,
  featuresLast,
  neuronSwitchSystem,
  featuresMiddle,
];

export const systemBySlug = (slug: string): System | undefined => systems.find((system) => system.slug === slug);
