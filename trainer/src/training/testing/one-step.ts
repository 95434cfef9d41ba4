import type { EngineState, TensorData } from '../../engine/engine.ts';
import { ReferenceEngine } from '../../engine/reference.ts';
import { sizeOf } from '../../engine/signature.ts';
import type { Network } from '../../nn/network.ts';
import { Stream } from '../../random/stream.ts';
import { type CohortState, type FrozenMember, initialState, type Member } from '../cohort.ts';
import { evaluationStep, imageSpecs, type StepPlan, stateSpecs, stepSignature, teacherState, trainingStep } from '../step.ts';

export type StepResult = CohortState & { metrics: TensorData };

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

const createState = (
  engine: ReferenceEngine,
  plan: Pick<StepPlan, 'members' | 'teachers'>,
  from: CohortState,
  teachers: readonly FrozenMember[],
): EngineState => {
  const values: Record<string, Float32Array> = { ...from };
  teachers.forEach((teacher, index) => {
    values[teacherState(index).weights] = teacher.weights;
    values[teacherState(index).statistics] = teacher.statistics;
  });
  const entries = Object.entries(stateSpecs(plan)).map(([name, spec]) => [name, { spec, data: values[name] as Float32Array }]);
  return engine.createState(Object.fromEntries(entries));
};

/** One step on the reference engine, and all its tensors after it. */
export const oneStep = async (
  plan: StepPlan,
  from: CohortState,
  teachers: readonly FrozenMember[] = [],
  inputs = inputsOf(plan),
): Promise<StepResult & Record<string, TensorData>> => {
  const engine = new ReferenceEngine();
  const state = createState(engine, plan, from, teachers);
  const program = await engine.prepare('step', stepSignature(plan), trainingStep(plan));
  const { metrics } = await program.run(state, inputs);
  const after = (await state.read()) as Record<string, Float32Array>;
  state.dispose();
  return { ...after, statistics: after.statistics ?? new Float32Array(0), metrics } as StepResult & Record<string, TensorData>;
};

/** Logits of networks in evaluation mode, on the images of a step. */
export const evaluated = async (
  members: readonly Member[],
  from: CohortState,
  inputs: Record<string, TensorData>,
): Promise<TensorData[]> => {
  const engine = new ReferenceEngine();
  const state = createState(engine, { members, teachers: [] }, from, []);
  const specs = imageSpecs(members, inputs.sampleWeights?.length ?? 0);
  const { velocity: _none, ...stateShapes } = stateSpecs({ members, teachers: [] });
  const program = await engine.prepare('evaluation', { state: stateShapes, inputs: specs }, evaluationStep(members));
  const images = Object.fromEntries(Object.keys(specs).map((name) => [name, inputs[name] as TensorData]));
  const outputs = await program.run(state, images);
  state.dispose();
  return members.map((_, place) => outputs[`logits.${place}`] as TensorData);
};

/** A teacher with the first weights of a seed and statistics that say something. */
export const frozen = (network: Network, seed: number, view = 'image'): FrozenMember => {
  const { weights, statistics } = initialState([{ index: 0, view, network }], seed);
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
