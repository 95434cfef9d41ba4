import type { Precision } from '@studyhall/contract/spec/run-spec.ts';
import type { Engine, TensorData } from '../engine/engine.ts';
import { sizeOf } from '../engine/signature.ts';
import { stateEntries } from '../engine/state-entries.ts';
import { independent } from '../methods/independent.ts';
import { mutual } from '../methods/mutual.ts';
import { parseModel } from '../nn/models.ts';
import { initialState, stateVectors } from '../training/cohort.ts';
import { LARGEST_EVALUATION_BATCH } from '../training/evaluation.ts';
import { optimizerOf } from '../training/optimizer.ts';
import { evaluationStep, imageSpecs, networkSpecs, stateSpecs, stepSignature, trainingStep } from '../training/step.ts';

/** Networks trained side by side on one batch of pictures. */
export type Row = {
  readonly model: string;
  /** 2: deep mutual learning of a pair, each with cross-entropy and KL to the other. */
  readonly cohort: 1 | 2;
  /** What products are computed in; absent: float32. */
  readonly precision?: Precision;
};

export const BATCH = 64;
export const PICTURE = [32, 32, 3] as const;
export const CLASSES = 100;

const SGD = { sgd: { momentum: 0.9, nesterov: true, weightDecay: 5e-4 } };
const MUTUAL = {
  target: 'PAIRWISE_MEAN',
  update: 'SIMULTANEOUS',
  temperature: 1,
  weight: 1,
  scaleByTemperatureSquared: true,
  labelWeight: 1,
  teaching: null,
  features: null,
} as const;

/** Numbers like those of normalised pictures; a step takes as long for any. */
const noise = (count: number, seed: number): Float32Array => {
  let state = seed >>> 0;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
};

const oneHot = (batch: number): Float32Array => {
  const targets = new Float32Array(batch * CLASSES);
  for (let sample = 0; sample < batch; sample++) targets[sample * CLASSES + ((sample * 37) % CLASSES)] = 1;
  return targets;
};

/** A row's training step, ready to be called, and its evaluation: the trainer's own code throughout. */
export const benchmarkSubject = async (engine: Engine, row: Row, batch = BATCH) => {
  const network = parseModel(row.model)(PICTURE, CLASSES);
  const members = Array.from({ length: row.cohort }, (_, index) => ({ index, view: 'rgb', network }));
  const method = row.cohort === 1 ? independent() : mutual(MUTUAL);
  const optimizer = optimizerOf(SGD);
  const { precision = 'FLOAT32' } = row;
  const plan = { members, teachers: [], method, optimizer, batchSize: batch, precision };
  const signature = stepSignature(plan);
  const specs = stateSpecs(plan);

  const program = await engine.prepare('training', signature, trainingStep(plan));

  const initial: Readonly<Record<string, Float32Array>> = stateVectors(initialState(members, 1, optimizer, precision));
  const state = engine.createState(stateEntries(specs, initial));
  const inputs: Record<string, TensorData> = {};
  for (const [name, spec] of Object.entries(signature.inputs)) {
    if (name === 'targets') inputs[name] = oneHot(batch);
    else if (name === 'sampleWeights') inputs[name] = new Float32Array(batch).fill(1);
    else inputs[name] = spec.shape.length > 1 ? noise(sizeOf(spec.shape), 1) : Float32Array.of(0.1);
  }
  const programs = [program];
  const { several } = program;
  const call = Array.from({ length: several?.most ?? 1 }, () => inputs);
  return {
    engine: engine.name,
    compileMs: program.compileMs,
    parameters: network.parameterCount * row.cohort,
    /** One call, of so many steps. */
    step: () => (several === undefined ? program.run(state, inputs) : several.run(state, call)),
    stepsPerCall: call.length,
    prepareEvaluation: async () => {
      const images = imageSpecs(members, LARGEST_EVALUATION_BATCH);
      const evaluation = await engine.prepare('evaluation', { state: networkSpecs(members), inputs: images }, evaluationStep(members));
      programs.push(evaluation);
      const pictures = Object.fromEntries(Object.entries(images).map(([name, spec]) => [name, noise(sizeOf(spec.shape), 1)]));
      return () => evaluation.run(state, pictures);
    },
    dispose: async () => {
      state.dispose();
      await Promise.all(programs.map((own) => own.dispose()));
    },
  };
};
