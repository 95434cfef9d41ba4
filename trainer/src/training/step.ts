import type { Precision } from '@studyhall/contract/spec/run-spec.ts';
import { imagesInput } from '../data/batches.ts';
import type { Signature, StepFunction, TensorSpec } from '../engine/engine.ts';
import { rounded } from '../engine/half/rounded.ts';
import { tf } from '../engine/tf.ts';
import { alignedLayer, type Method, type Terms } from '../methods/method.ts';
import { cut, flattenAll, join, unflatten } from '../nn/flat.ts';
import type { Applied, Network } from '../nn/network.ts';
import { smoothed } from '../objectives/label-smoothing.ts';
import { type Member, parameterCounts, statisticCounts, totalParameters, totalStatistics } from './cohort.ts';
import { differentiate } from './differentiate.ts';
import { maskInput, maskSpecs } from './dropout-masks.ts';
import { joinScaling, type Scaled, scaledUpdate, scalingSpecs, splitScaling } from './loss-scaling.ts';
import type { Optimizer } from './optimizer.ts';
import { permutationInput, permutationSpecs } from './permutations.ts';
import { formatOf, isScaled } from './precision.ts';

/** A network and the view that it sees. */
export type ViewedNetwork = { readonly view: string; readonly network: Network };

export type StepPlan = {
  readonly members: readonly Member[];
  /** Teachers that are computed within the step. Their tensors lie in the state under `teacher.N.weights` and `teacher.N.statistics`. */
  readonly teachers: readonly ViewedNetwork[];
  /** How many teachers' logits come in instead; absent: none. */
  readonly givenTeachers?: number;
  readonly method: Method;
  readonly optimizer: Optimizer;
  readonly batchSize: number;
  /** ε of the hard labels; absent: 0. */
  readonly labelSmoothing?: number;
  /** What members compute products in; absent: float32, as teachers always do. */
  readonly precision?: Precision;
};

type Tensors = Readonly<Record<string, tf.Tensor>>;

const float = (...shape: number[]): TensorSpec => ({ shape, dtype: 'float32' });

const get = (tensors: Tensors, name: string): tf.Tensor => {
  const tensor = tensors[name];
  if (tensor === undefined) throw new Error(`the step was given no ${name}`);
  return tensor;
};

export const teacherState = (index: number) => ({ weights: `teacher.${index}.weights`, statistics: `teacher.${index}.statistics` });

/** Name of the input that carries the logits [batch, classes] of a teacher that was computed before. */
export const teacherLogitsInput = (index: number): string => `teacher.${index}.logits`;

/** The inputs of teachers that were computed before. */
const givenInputs = ({ givenTeachers = 0 }: StepPlan): string[] =>
  Array.from({ length: givenTeachers }, (_, index) => teacherLogitsInput(index));

/** What members' outputs depend on. Batch norm's statistics are left out where there are none: an engine holds no empty tensors. */
export const networkSpecs = (members: readonly Member[]): Record<string, TensorSpec> => {
  const specs: Record<string, TensorSpec> = { weights: float(totalParameters(members)) };
  const statistics = totalStatistics(members);
  if (statistics > 0) specs.statistics = float(statistics);
  return specs;
};

type Trained = Pick<StepPlan, 'members' | 'optimizer' | 'precision'>;

/** What members' training changes: the networks, the optimizer's slots, and the scales of their losses. */
export const memberSpecs = ({ members, optimizer, precision = 'FLOAT32' }: Trained): Record<string, TensorSpec> => ({
  ...networkSpecs(members),
  ...Object.fromEntries(optimizer.slots.map((name) => [name, float(totalParameters(members))])),
  ...(isScaled(precision) ? scalingSpecs(members.length) : {}),
});

export const stateSpecs = (plan: Trained & Pick<StepPlan, 'teachers'>): Record<string, TensorSpec> => {
  const { teachers } = plan;
  const specs = memberSpecs(plan);
  teachers.forEach(({ network }, index) => {
    specs[teacherState(index).weights] = float(network.parameterCount);
    if (network.statisticCount > 0) specs[teacherState(index).statistics] = float(network.statisticCount);
  });
  return specs;
};

/** `images.VIEW` for every view that one of the networks sees. */
export const imageSpecs = (networks: readonly ViewedNetwork[], batchSize: number): Record<string, TensorSpec> =>
  Object.fromEntries(networks.map(({ view, network }) => [imagesInput(view), float(batchSize, ...network.inputShape)]));

/** Scalars that vary from step to step. */
const rateNames = (optimizer: Optimizer): string[] => ['learningRate', ...Object.keys(optimizer.atStep(1))];

export const stepSignature = (plan: StepPlan): Signature => {
  const classes = (plan.members[0] as Member).network.classes;
  const layer = alignedLayer(plan.method);
  return {
    state: stateSpecs(plan),
    inputs: {
      ...imageSpecs([...plan.members, ...plan.teachers], plan.batchSize),
      ...maskSpecs(plan.members, plan.batchSize),
      ...Object.fromEntries(givenInputs(plan).map((name) => [name, float(plan.batchSize, classes)])),
      targets: float(plan.batchSize, classes),
      sampleWeights: float(plan.batchSize),
      ...Object.fromEntries(rateNames(plan.optimizer).map((name) => [name, float()])),
      ...(layer === null ? {} : permutationSpecs(plan.members, layer)),
    },
  };
};

/** Columns of the step's metrics after the method's terms. */
export const EXTRA_METRICS = ['correct', 'entropy'] as const;

/** Samples classified rightly in a batch, and the mean entropy of its outputs in nats. */
const observe = (logits: tf.Tensor, targets: tf.Tensor): tf.Tensor[] => {
  const right = tf.equal(tf.argMax(logits, 1), tf.argMax(targets, 1));
  const logarithms = tf.logSoftmax(logits);
  return [tf.sum(tf.cast(right, 'float32')), tf.neg(tf.mean(tf.sum(tf.mul(tf.exp(logarithms), logarithms), 1)))];
};

const total = (terms: Terms): tf.Scalar => Object.values(terms).reduce((sum, term) => tf.add(sum, term) as tf.Scalar);

/** A member's tensors within one step. */
type Turn = {
  readonly weights: tf.Tensor;
  readonly slots: Tensors;
  readonly statistics: tf.Tensor[];
  readonly metrics: tf.Tensor;
  /** Absent where losses are not scaled. */
  readonly scaled?: Scaled;
};

/**
 * One step of a whole cohort as a pure function: forward, losses, gradients and update of every network, on one batch.
 *
 * Peers and teachers are computed outside the tape that differentiates a network, so nothing flows into them. The peers' forward pass is
 * written down again inside their own gradient: a compiling engine computes equal expressions once. When alternating, a network's outputs
 * are computed anew after its update for those that follow, under the same dropout masks; its running statistics follow the first pass only.
 *
 * State: `weights` and the optimizer's slots [all parameters], `statistics` [all], and the teachers'. Outputs: `metrics` [members, terms + 2]. Where losses
 * are scaled, the state holds their scales too, and `skipped` [members] tells by a 1 that a network's gradient was not finite at its `scale` [members].
 */
export const trainingStep = (plan: StepPlan): StepFunction => {
  const { members, teachers, method, optimizer, labelSmoothing = 0, precision = 'FLOAT32' } = plan;
  const format = formatOf(precision);
  const rounding = format === null ? {} : { round: (x: tf.Tensor) => rounded(x, format) };
  const aligned = alignedLayer(method) !== null;
  const counts = parameterCounts(members);
  const statistics = statisticCounts(members);

  return (state, inputs) => {
    const learningRate = get(inputs, 'learningRate');
    const labels = get(inputs, 'targets');
    const targets = smoothed(labels, labelSmoothing);
    const images = ({ view }: ViewedNetwork) => get(inputs, imagesInput(view));
    const weights = cut(get(state, 'weights'), counts);
    const slots = Object.fromEntries(optimizer.slots.map((name) => [name, cut(get(state, name), counts)]));
    const running = splitStatistics(state, members, statistics);
    const scalings = isScaled(precision) ? splitScaling(state, members.length) : [];

    const asked = teachers.map((teacher, index) => {
      const names = teacherState(index);
      const { network } = teacher;
      const kept = network.statisticCount > 0 ? unflatten(get(state, names.statistics), network.statistics) : [];
      return network.apply(unflatten(get(state, names.weights), network.parameters), kept, images(teacher), 'evaluation').logits;
    });
    const teacherLogits = [...givenInputs(plan).map((name) => get(inputs, name)), ...asked];

    const apply = (place: number, parameters: readonly tf.Tensor[]): Applied => {
      const member = members[place] as Member;
      const masks = member.network.masks.map(({ name }) => get(inputs, maskInput(place, name)));
      return member.network.apply(parameters, running[place] as tf.Tensor[], images(member), 'training', { masks, ...rounding });
    };
    const outputs =
      method.coupling === 'none'
        ? []
        : members.map((member, place) => apply(place, unflatten(weights[place] as tf.Tensor, member.network.parameters)));

    const turn = (place: number): Turn => {
      const member = members[place] as Member;
      const own = weights[place] as tf.Tensor;
      const scaling = scalings[place];
      const peers = outputs.filter((_, other) => other !== place);
      const others = aligned ? members.flatMap((_, other) => (other === place ? [] : [other])) : [];
      const permutations = others.map((other) => get(inputs, permutationInput(place, other)));
      const { gradients, kept } = differentiate(unflatten(own, member.network.parameters), (parameters) => {
        const applied = apply(place, parameters);
        const sampleWeights = get(inputs, 'sampleWeights');
        const terms = method.losses(applied, { targets, sampleWeights, peers, permutations, teachers: teacherLogits });
        const values = method.terms.map((name) => terms[name] as tf.Scalar);
        const metrics = tf.stack([...values, ...observe(applied.logits, labels)]);
        const loss = total(terms);
        return { loss: scaling === undefined ? loss : tf.mul(loss, scaling.lossScale), kept: [metrics, ...applied.statistics] };
      });
      const [metrics, ...statisticsAfter] = kept as [tf.Tensor, ...tf.Tensor[]];
      const ownSlots = Object.fromEntries(Object.entries(slots).map(([name, vectors]) => [name, vectors[place] as tf.Tensor]));
      const update = (gradient: tf.Tensor) => optimizer.update(own, gradient, { slots: ownSlots, learningRate, rates: inputs });
      const gradient = flattenAll(gradients);
      const updated = scaling === undefined ? update(gradient) : scaledUpdate(scaling, { weights: own, slots: ownSlots }, gradient, update);
      return { ...updated, metrics, statistics: statisticsAfter };
    };

    const turns = members.map((member, place) => {
      const result = turn(place);
      if (method.coupling === 'alternating' && place < members.length - 1) {
        outputs[place] = apply(place, unflatten(result.weights, member.network.parameters));
      }
      return result;
    });

    return collected(plan, turns, state);
  };
};

/** What all members' turns leave. */
const collected = ({ optimizer }: StepPlan, turns: readonly Turn[], before: Tensors): ReturnType<StepFunction> => {
  const state: Record<string, tf.Tensor> = { weights: join(turns.map((turn) => turn.weights)) };
  for (const name of optimizer.slots) state[name] = join(turns.map((turn) => get(turn.slots, name)));
  const statistics = turns.flatMap((turn) => turn.statistics);
  if (statistics.length > 0) state.statistics = flattenAll(statistics);
  const metrics = tf.stack(turns.map((turn) => turn.metrics));
  const scaled = turns.flatMap(({ scaled }) => scaled ?? []);
  if (scaled.length === 0) return { state, outputs: { metrics } };
  const skipped = tf.stack(scaled.map((own) => own.skipped));
  return { state: { ...state, ...joinScaling(scaled) }, outputs: { metrics, skipped, scale: tf.clone(get(before, 'lossScale')) } };
};

const splitStatistics = (state: Tensors, members: readonly Member[], counts: readonly number[]): tf.Tensor[][] => {
  const present = members.filter((_, place) => (counts[place] as number) > 0);
  if (present.length === 0) return members.map(() => []);
  const vectors = cut(
    get(state, 'statistics'),
    counts.filter((count) => count > 0),
  );
  return members.map((member) => {
    const place = present.indexOf(member);
    return place < 0 ? [] : unflatten(vectors[place] as tf.Tensor, member.network.statistics);
  });
};

/** All members' outputs in evaluation mode. */
export const applyInEvaluation = (members: readonly Member[], state: Tensors, inputs: Tensors): Applied[] => {
  const weights = cut(get(state, 'weights'), parameterCounts(members));
  const running = splitStatistics(state, members, statisticCounts(members));
  return members.map(({ network, view }, place) => {
    const parameters = unflatten(weights[place] as tf.Tensor, network.parameters);
    return network.apply(parameters, running[place] as tf.Tensor[], get(inputs, imagesInput(view)), 'evaluation');
  });
};

/** Their logits, as outputs `logits.PLACE` [batch, classes]. */
export const evaluationStep =
  (members: readonly Member[]): StepFunction =>
  (state, inputs) => {
    const outputs = applyInEvaluation(members, state, inputs).map(({ logits }, place) => [`logits.${place}`, logits] as const);
    return { state: {}, outputs: Object.fromEntries(outputs) };
  };
