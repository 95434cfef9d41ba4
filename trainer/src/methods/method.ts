import type { FeatureLayer, FeatureMatchingSettings, TeacherSettings } from '@studyhall/contract/spec/run-spec.ts';
import type { tf } from '../engine/tf.ts';
import type { Outputs } from '../nn/network.ts';

/** What a network learns from in one step, beside its own outputs. */
export type Seen = {
  /** [batch, classes]: one-hot, or smoothed if the spec says so. */
  readonly targets: tf.Tensor;
  /** [batch]; 0 for a sample whose label is not used. */
  readonly sampleWeights: tf.Tensor;
  /** The other networks' outputs on the same images, in training mode; empty if the method does not couple. */
  readonly peers: readonly Outputs[];
  /** Per peer, which of its neurons goes with each of the own ones; empty if the method aligns none. */
  readonly permutations: readonly tf.Tensor[];
  /** The teachers' logits on the same images, in evaluation mode. */
  readonly teachers: readonly tf.Tensor[];
};

/** Loss terms of one network by name, weighted as they enter its loss: their sum is the loss. */
export type Terms = Readonly<Record<string, tf.Scalar>>;

/** How a cohort learns: which terms, and who sees whom. */
export type Method = {
  /** Names of the terms, in the order of reports. */
  readonly terms: readonly string[];
  /**
   * `none`: networks do not see each other. `simultaneous`: all see the others as they were before the step. `alternating`: network i is
   * updated after all before it and sees them so; those after it as they were.
   */
  readonly coupling: 'none' | 'simultaneous' | 'alternating';
  /** Whom it learns from, and where the spec says so. */
  readonly teachers: readonly { readonly path: string; readonly settings: TeacherSettings }[];
  /** How features are compared with the peers'; absent: they are not. */
  readonly features?: FeatureMatchingSettings;
  readonly losses: (own: Outputs, seen: Seen) => Terms;
};

/** What its networks are in the cohort: peers where they learn from each other, else students. */
export const roleOf = ({ coupling }: Method): 'STUDENT' | 'PEER' => (coupling === 'none' ? 'STUDENT' : 'PEER');

/** The layer whose neurons are matched anew at the start of each epoch; null: none. */
export const alignedLayer = ({ features }: Method): FeatureLayer | null => (features?.alignment === 'PERMUTATION' ? features.layer : null);
