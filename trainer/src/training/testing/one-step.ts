import { eager } from '../../engine/eager.ts';
import type { TensorData } from '../../engine/engine.ts';
import { sizeOf } from '../../engine/signature.ts';
import { stateEntries } from '../../engine/state-entries.ts';
import type { Network } from '../../nn/network.ts';
import { Stream } from '../../random/stream.ts';
import { type CohortState, type FrozenMember, initialState, type Member, stateVectors } from '../cohort.ts';
import { evaluationStep, imageSpecs, networkSpecs, type StepPlan, stateSpecs, stepSignature, teacherState, trainingStep } from '../step.ts';

/** Images, targets and weights as a plan's step takes them, drawn from one stream: equal for plans that see the same views. */
export const inputsOf = (plan: StepPlan, learningRate = 0.1): Record<string, TensorData> => {
  const { inputs } = stepSignature(plan);
  const draw = new Stream(5, 'noise');
  const entries = Object.entries(inputs).map(([name, { shape }]) => {
    const numbers = new Float32Array(sizeOf(shape));
    if (name === 'learningRate') numbers.fill(learningRate);
    else if (name === 'sampleWeights') numbers.fill(1);
    else if (name === 'targets')
      for (let row = 0; row < plan.batchSize; row++) numbers[row * (shape[1] ?? 0) + (row % (shape[1] ?? 1))] = 1;
    else for (let k = 0; k < numbers.length; k++) numbers[k] = draw.normal();
    return [name, numbers] as const;
  });
  return Object.fromEntries(entries);
};

/** The teachers' tensors under the names that a step's state has for them. */
export const teacherVectors = (teachers: readonly FrozenMember[]): Record<string, Float32Array> =>
  Object.fromEntries(
    teachers.flatMap(({ weights, statistics }, index) => [
      [teacherState(index).weights, weights],
      [teacherState(index).statistics, statistics],
    ]),
  );

/** One step on the reference engine: what it gives, and all its tensors after it. The last two only where losses are scaled. */
export const oneStep = async (
  plan: StepPlan,
  from: CohortState,
  teachers: readonly FrozenMember[] = [],
  inputs = inputsOf(plan),
): Promise<
  { weights: Float32Array; tensors: Readonly<Record<string, TensorData>> } & Readonly<Record<'metrics' | 'skipped' | 'scale', TensorData>>
> => {
  const engine = eager('cpu');
  const state = engine.createState(stateEntries(stateSpecs(plan), { ...stateVectors(from), ...teacherVectors(teachers) }));
  const program = await engine.prepare('step', stepSignature(plan), trainingStep(plan));
  const outputs = (await program.run(state, inputs)) as Record<'metrics' | 'skipped' | 'scale', TensorData>;
  const tensors = await state.read();
  state.dispose();
  return { ...outputs, weights: tensors.weights as Float32Array, tensors };
};

/** Logits of networks in evaluation mode, on the images of a step. */
export const evaluated = async (
  members: readonly Member[],
  networks: { weights: Float32Array; statistics: Float32Array },
  inputs: Readonly<Record<string, TensorData>>,
): Promise<TensorData[]> => {
  const engine = eager('cpu');
  const images = imageSpecs(members, inputs.sampleWeights?.length ?? 0);
  const specs = networkSpecs(members);
  const state = engine.createState(stateEntries(specs, networks));
  const program = await engine.prepare('evaluation', { state: specs, inputs: images }, evaluationStep(members));
  const outputs = await program.run(state, Object.fromEntries(Object.keys(images).map((name) => [name, inputs[name] as TensorData])));
  state.dispose();
  return members.map((_, place) => outputs[`logits.${place}`] as TensorData);
};

/** A teacher with the first weights of a seed and statistics that say something. */
export const frozen = (network: Network, seed: number, view = 'image'): FrozenMember => {
  const { weights, statistics } = initialState([{ index: 0, view, network }], seed, { slots: [] });
  return { view, network, weights, statistics: statistics.map((x, k) => x + 0.1 * (1 + (k % 3))) };
};

/** The same network, and in which mode it was applied each time. */
export const counting = (network: Network): { network: Network; modes: string[] } => {
  const modes: string[] = [];
  return {
    modes,
    network: {
      ...network,
      apply: (...args) => {
        modes.push(args[3]);
        return network.apply(...args);
      },
    },
  };
};
