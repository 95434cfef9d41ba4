import { type Bench, copies, group, paper, small, tiny } from './bench.ts';
import { mutual } from './methods.ts';
import { independentPair, mutualPair } from './pairs.ts';
import { bars, compare, plotted, preset, side } from './preset.ts';
import type { Contrast, Group, Preset } from './system.ts';
import { againstTwins } from './twins.ts';

type Layer = 'LAST' | 'MIDDLE';

/** DML whose networks are also drawn together in a layer's activations. */
function withFeatures(bench: Bench, layer: Layer, alignment: 'NONE' | 'PERMUTATION' = 'NONE'): Group {
  const aligned = alignment === 'PERMUTATION';
  const where = layer === 'LAST' ? 'last features' : 'middle layer';
  const key = `${layer.toLowerCase()}${aligned ? '-aligned' : ''}`;
  const title = `DML + L2 on the ${where}${aligned ? ', aligned' : ''}`;
  return group(bench, key, title, copies(bench.small, 2), mutual({ features: { layer, alignment } }), { series: title });
}

const networks = [0, 1];

/** What sentences call it. */
const called: Record<Layer, string> = { LAST: 'DML + L2 on the last features', MIDDLE: 'DML + L2 in the middle' };

/** Each network against its twin that learned alone: the middle row's first claim. */
export const featuresAgainstTwins = (layer: Layer): Contrast[] => againstTwins(layer.toLowerCase(), called[layer]);

/** Each network against DML without features, and drawn after the best permutation against as they come. */
const againstMutual = (layer: Layer): Contrast[] => [
  ...networks.map((network) =>
    compare(side(layer.toLowerCase(), network, `${called[layer]}, network ${network + 1},`), side('mutual', network, 'DML alone'), 'LESS'),
  ),
  ...networks.map((network) =>
    compare(
      side(`${layer.toLowerCase()}-aligned`, network, `L2 after the best permutation, network ${network + 1},`),
      side(layer.toLowerCase(), network, 'raw L2'),
      null,
    ),
  ),
];

/** Rows 18 and 20 at every scale: DML drawn together in the layer, raw and aligned; `first` stands before the contrasts that both rows have. */
export function featurePresets(layer: Layer, first: readonly Contrast[] = []): Preset[] {
  const at = (bench: Bench, duration: string): Preset =>
    preset(
      bench,
      duration,
      [independentPair(bench), mutualPair(bench), withFeatures(bench, layer), withFeatures(bench, layer, 'PERMUTATION')],
      bars(plotted(bench)),
      [...first, ...againstMutual(layer)],
    );
  return [at(tiny, 'about a minute on two cores'), at(small, 'about 20 minutes on two cores'), at(paper, 'two days on one GPU')];
}

/** Said on the pages of both rows. */
export const neuronSwitch =
  'Permuting a layer’s neurons, and the next layer’s weights alike, leaves the function unchanged (the neuron-switch problem): raw L2 between features holds one network to the other’s arbitrary order of neurons. Aligned, the peer’s neurons are first put into the order that minimises the distance, found anew each epoch on the training images; no gradient flows through it.';
