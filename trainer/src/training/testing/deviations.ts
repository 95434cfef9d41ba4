import type { Engine, TensorData } from '../../engine/engine.ts';
import { stateEntries } from '../../engine/state-entries.ts';
import { concatenate } from '../../nn/concatenate.ts';
import { Stream } from '../../random/stream.ts';
import { initialState } from '../cohort.ts';
import { evaluationStep, imageSpecs, networkSpecs, type StepPlan, stepSignature } from '../step.ts';
import { inputsOf, planOf, prepareStep, type StepCase } from './step-cases.ts';

/** Largest difference. */
const apart = (a: TensorData | undefined, b: TensorData | undefined): number => {
  let largest = 0;
  for (let k = 0; k < (a?.length ?? 0); k++) {
    const own = Math.abs((a?.[k] as number) - (b?.[k] as number));
    largest = Math.max(largest, Number.isNaN(own) ? Number.POSITIVE_INFINITY : own);
  }
  return largest;
};

/** Each number moved by one rounding unit, up or down by turns of a random stream. */
const nudged = (values: Readonly<Record<string, TensorData>>): Record<string, TensorData> => {
  const stream = new Stream(11, 'noise', 0);
  return Object.fromEntries(
    Object.entries(values).map(([name, data]) => [name, Float32Array.from(data, (x) => x * (1 + 2 ** -23 * Math.sign(stream.normal())))]),
  );
};

/**
 * How far rounding may carry two engines apart is the network's own property. It is measured on the reference: its result from weights that
 * are off by one rounding unit against its result from the weights themselves. An engine rounds not once but in every layer, forward
 * and back; MARGIN layers' worth of that is allowed, and no less than FLOOR of the numbers' own size, or of 1 where they are smaller.
 */
const MARGIN = 32;
const FLOOR = 8 * 2 ** -24;

export type Deviation = { readonly what: string; readonly apart: number; readonly allowed: number };

const largest = (values: TensorData | undefined): number => apart(values, new Float32Array(values?.length ?? 0));

const deviationsFrom = async (seed: number, reference: Engine, engine: Engine, own: StepCase): Promise<Deviation[]> => {
  const slow = await prepareStep(reference, own, seed);
  const fast = await prepareStep(engine, own, seed);
  const expected = slow.createState();
  const running = fast.createState();
  const fromEqual = fast.createState();
  const off = slow.createState(nudged(await expected.read()));
  const found: Deviation[] = [];
  const compare = (what: string, truth: TensorData | undefined, offTruth: TensorData | undefined, result: TensorData | undefined) =>
    found.push({
      what: `${what}, seed ${seed}`,
      apart: apart(truth, result),
      allowed: MARGIN * apart(truth, offTruth) + FLOOR * Math.max(1, largest(truth)),
    });

  for (let index = 0; index < STEPS; index++) {
    const inputs = inputsOf(slow.signature, index, own);
    const before = await expected.read();
    await fromEqual.write(before);
    // The first step of the run that began off the reference's is the one from a state that is off it.
    const single = index === 0 ? off : slow.createState(nudged(before));
    const truth = await slow.program.run(expected, inputs);
    const after = await expected.read();

    const oneOff = await slow.program.run(single, inputs);
    const equal = await fast.program.run(fromEqual, inputs);
    compare(`metrics of step ${index} from equal state`, truth.metrics, oneOff.metrics, equal.metrics);
    const [offAfter, equalAfter] = [await single.read(), await fromEqual.read()];
    for (const name of Object.keys(after))
      compare(`${name} after step ${index} from equal state`, after[name], offAfter[name], equalAfter[name]);
    if (single !== off) single.dispose();

    const manyOff = single === off ? oneOff : await slow.program.run(off, inputs);
    const many = await fast.program.run(running, inputs);
    compare(`metrics of step ${index} of the run`, truth.metrics, manyOff.metrics, many.metrics);
  }
  for (const state of [expected, running, fromEqual, off]) state.dispose();
  await fast.program.dispose();
  return found;
};

const STEPS = 3;
/** Of the weights that steps begin with. */
const SEEDS = [3, 4];

/**
 * Runs some steps of a case on both engines, each step from equal state and all of them in a row. A ReLU whose input is 0 up to rounding may
 * switch in one engine alone, and gradients jump: then other weights decide. A wrong engine is wrong under any weights.
 *
 * @returns how far the metrics and every vector of the state lie apart, and how far they may.
 */
export const deviations = async (reference: Engine, engine: Engine, own: StepCase): Promise<Deviation[]> => {
  let found: Deviation[] = [];
  for (const seed of SEEDS) {
    found = await deviationsFrom(seed, reference, engine, own);
    if (found.every(({ apart, allowed }) => apart <= allowed)) break;
  }
  return found;
};

/** How far the losses of a run may lie apart: rounding grows from step to step, and may switch a ReLU whose input is about 0. */
const ALONG = 1e-3;
/** And those of one step from equal state: sums of some hundred numbers, each rounded. */
const ONCE = 1e-5;

/**
 * Trains on both engines for many steps; every step also on the engine from the reference's state.
 *
 * @returns the largest distances of the metrics, relative to those above 1, as multiples of what is allowed
 */
export const along = async (reference: Engine, engine: Engine, own: StepCase, steps: number): Promise<{ run: number; equal: number }> => {
  const [slow, fast] = [await prepareStep(reference, own), await prepareStep(engine, own)];
  const [expected, running, fromEqual] = [slow.createState(), fast.createState(), fast.createState()];
  const worst = { run: 0, equal: 0 };
  for (let index = 0; index < steps; index++) {
    const inputs = inputsOf(slow.signature, index, own);
    await fromEqual.write(await expected.read());
    const { metrics: truth } = await slow.program.run(expected, inputs);
    const size = Math.max(1, largest(truth));
    const { metrics: equal } = await fast.program.run(fromEqual, inputs);
    const { metrics: run } = await fast.program.run(running, inputs);
    worst.equal = Math.max(worst.equal, apart(truth, equal) / size / ONCE);
    worst.run = Math.max(worst.run, apart(truth, run) / size / ALONG);
  }
  for (const state of [expected, running, fromEqual]) state.dispose();
  await fast.program.dispose();
  return worst;
};

/** A cohort's tensors as training may leave them: no scale, shift or running statistic as it begins. */
const moved = (plan: StepPlan): Record<string, Float32Array> => {
  const stream = new Stream(13, 'noise', 0);
  const { weights, statistics } = initialState(plan.members, 3, plan.optimizer);
  return {
    weights: weights.map((x) => x + 0.1 * stream.normal()),
    statistics: statistics.map((x) => x + 0.5 * stream.uniform()),
  };
};

/** How far the logits in evaluation mode lie apart, and how far they may. */
export const evaluationDeviation = async (reference: Engine, engine: Engine, own: StepCase): Promise<Deviation> => {
  const plan = planOf(own);
  const images = inputsOf(stepSignature(plan), 0, own);
  const signature = { state: networkSpecs(plan.members), inputs: imageSpecs(plan.members, plan.batchSize) };
  const logits = async (on: Engine, values: Readonly<Record<string, TensorData>>): Promise<Float32Array> => {
    const program = await on.prepare('evaluation', signature, evaluationStep(plan.members));
    const state = on.createState(stateEntries(signature.state, values));
    const seen = Object.fromEntries(Object.keys(signature.inputs).map((name) => [name, images[name] as TensorData]));
    const outputs = await program.run(state, seen);
    state.dispose();
    await program.dispose();
    return concatenate(plan.members.map((_, place) => outputs[`logits.${place}`] as Float32Array));
  };
  const values = moved(plan);
  const truth = await logits(reference, values);
  const off = await logits(reference, nudged(values));
  return {
    what: 'logits',
    apart: apart(truth, await logits(engine, values)),
    allowed: MARGIN * apart(truth, off) + FLOOR * Math.max(1, largest(truth)),
  };
};
