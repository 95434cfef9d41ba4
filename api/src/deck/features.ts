import { type Bench, copies, group } from './bench.ts';
import { mutual } from './methods.ts';
import type { Group } from './system.ts';

/** DML whose networks are also drawn together in a layer's activations. Rows 18 and 20 share these. */
export function withFeatures(bench: Bench, layer: 'LAST' | 'MIDDLE', alignment: 'NONE' | 'PERMUTATION' = 'NONE'): Group {
  const aligned = alignment === 'PERMUTATION';
  const where = layer === 'LAST' ? 'last features' : 'middle layer';
  const key = `${layer.toLowerCase()}${aligned ? '-aligned' : ''}`;
  const title = `DML + L2 on the ${where}${aligned ? ', aligned' : ''}`;
  return group(bench, key, title, copies(bench.small, 2), mutual({ features: { layer, alignment } }), { series: title });
}

/** Said on the pages of both rows. */
export const neuronSwitch =
  'Permuting a layer’s neurons, and the next layer’s weights alike, leaves the function unchanged (the neuron-switch problem): raw L2 between features holds one network to the other’s arbitrary order of neurons. Aligned, the peer’s neurons are first put into the order that minimises the distance, found anew each epoch on the training images; no gradient flows through it.';
