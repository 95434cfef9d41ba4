import type { FeatureLayer, FeatureMatchingSettings } from '@studyhall/contract/spec/run-spec.ts';
import { tf } from '../engine/tf.ts';
import type { Network, Outputs } from '../nn/network.ts';
import { featureDistance } from '../objectives/feature-distance.ts';
import type { Seen } from './method.ts';

const LAYERS: { readonly [L in FeatureLayer]: keyof Network['featureShapes'] } = { LAST: 'last', MIDDLE: 'middle' };

/** A network's activations at that layer, [batch, …, neurons]. */
export const featuresAt = (outputs: Pick<Outputs, 'last' | 'middle'>, layer: FeatureLayer): tf.Tensor => outputs[LAYERS[layer]];

/** Their shape for one sample. */
export const featureShape = (network: Network, layer: FeatureLayer): readonly number[] => network.featureShapes[LAYERS[layer]];

/** γ·mean over the peers of the mean square distance of their features from the own ones, neurons as they come or aligned. */
export const featureMatching =
  ({ layer, weight }: FeatureMatchingSettings) =>
  (own: Outputs, { peers, permutations }: Seen): tf.Scalar =>
    tf.mul(
      featureDistance(
        featuresAt(own, layer),
        peers.map((peer) => featuresAt(peer, layer)),
        permutations,
      ),
      weight,
    );
