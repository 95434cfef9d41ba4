import { systems } from '@studyhall/contract/deck/systems.ts';
import type { NetworkSettings, RunSpec } from '@studyhall/contract/spec/run-spec.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imagesInput } from '../../data/batches.ts';
import { CompiledEngine } from '../../engine/compiled/engine.ts';
import type { Engine, TensorData, TensorSpec } from '../../engine/engine.ts';
import { sizeOf } from '../../engine/signature.ts';
import { methodOf } from '../../methods/methods.ts';
import { initialStatistics, initialWeights } from '../../nn/initialise.ts';
import { parseModel } from '../../nn/models.ts';
import { Stream } from '../../random/stream.ts';
import { initialState, type Member, stateVectors } from '../../training/cohort.ts';
import { allocateMasks, drawMasks } from '../../training/dropout-masks.ts';
import { optimizerOf } from '../../training/optimizer.ts';
import { isPermutationInput } from '../../training/permutations.ts';
import { type StepPlan, stateSpecs, stepSignature, teacherState, trainingStep } from '../../training/step.ts';
import { planPreset } from './plan.ts';

/** The papers' data by their shapes: a step is the same whatever the pixels are. */
const DATA: Readonly<Record<string, { classes: number; views: Readonly<Record<string, readonly number[]>> }>> = {
  'cifar-100': { classes: 100, views: { image: [32, 32, 3] } },
  mnist: { classes: 10, views: { image: [28, 28, 1] } },
  'utd-mhad': { classes: 27, views: { skeleton: [64, 60], inertial: [64, 6] } },
};

/** The smallest that batch norm can learn from: the networks are the papers', and no time is spent on more images. */
const BATCH = 2;

type Case = { readonly spec: RunSpec; readonly teachers: readonly NetworkSettings[] };

const isPartlyLabelled = ({ data }: RunSpec): boolean => data.labelledFraction < 1;

/** What a network's step is made of besides its own architecture: equal for steps that differ by numbers alone (temperature, weights, rates). */
const objectiveOf = ({ spec, teachers }: Case): string => {
  const text = JSON.stringify([spec.dataset, isPartlyLabelled(spec), teachers, spec.method, Object.keys(spec.training.optimizer)]);
  return text.replace(/"groupKey":"[^"]*"/g, '').replace(/:\d+(\.\d+)?/g, '');
};

/** Several networks that know nothing of each other: each of them takes its step in the other specs of its preset, too. */
const isPlainCohort = ({ networks, method }: RunSpec): boolean => networks.length > 1 && method.independent !== undefined;

/** Cohorts of different networks first: they leave less for cohorts of equal ones to show. */
const byVariety = (one: { spec: RunSpec }, other: { spec: RunSpec }): number => varietyOf(other.spec) - varietyOf(one.spec);
const varietyOf = ({ networks }: RunSpec): number => new Set(networks.map(({ model }) => model)).size;

/**
 * Specs of the presets at the paper's scale, each network under each of its objectives at least once: a further pairing of the same networks,
 * or more of them, takes its time without showing anything new.
 */
const cases = (): { name: string; one: Case }[] => {
  const seen = new Set<string>();
  const found: { name: string; one: Case }[] = [];
  for (const { slug, presets } of systems) {
    for (const preset of presets.filter(({ scale }) => scale === 'PAPER')) {
      const planned = planPreset(preset, '/out');
      for (const { group, spec, teachers } of planned.toSorted(byVariety)) {
        const taughtBy = teachers.map(({ folder, network }) => planned.find((other) => other.folder === folder)?.spec.networks[network]);
        const one = { spec, teachers: taughtBy as NetworkSettings[] };
        const objectives = spec.networks.map((network) => JSON.stringify([network, objectiveOf(one)]));
        if (isPlainCohort(spec) || objectives.every((objective) => seen.has(objective))) continue;
        for (const objective of objectives) seen.add(objective);
        found.push({ name: `${slug}: ${group.title}`, one });
      }
    }
  }
  return found;
};

const memberOf = ({ dataset }: RunSpec, { model, view, dropout }: NetworkSettings, index: number): Member => {
  const { classes, views } = DATA[dataset] as (typeof DATA)[string];
  const seen = view ?? (Object.keys(views)[0] as string);
  return { index, view: seen, network: parseModel(model)(views[seen] as readonly number[], classes, dropout) };
};

const planOf = ({ spec, teachers }: Case): StepPlan => ({
  members: spec.networks.map((settings, index) => memberOf(spec, settings, index)),
  teachers: teachers.map((settings, index) => memberOf(spec, settings, index)),
  method: methodOf(spec),
  optimizer: optimizerOf(spec.training.optimizer, spec.training.gradientClipping),
  batchSize: BATCH,
  labelSmoothing: spec.training.labelSmoothing,
});

const noise = (size: number, purpose: number): Float32Array => {
  const stream = new Stream(1, 'noise', purpose);
  return Float32Array.from({ length: size }, () => stream.between(-1, 1));
};

const inputsOf = (plan: StepPlan, spec: RunSpec): Record<string, TensorData> => {
  const masks = allocateMasks(plan.members, BATCH);
  drawMasks(plan.members, masks, 1, 1, 0);
  const given = (name: string, { shape }: TensorSpec): TensorData => {
    const size = sizeOf(shape);
    if (name in masks) return masks[name] as Float32Array;
    if (isPermutationInput(name)) return Int32Array.from({ length: size }, (_, neuron) => (neuron + 1) % size);
    if (name === 'learningRate') return Float32Array.of(spec.training.learningRate);
    if (name === 'sampleWeights') return Float32Array.of(1, isPartlyLabelled(spec) ? 0 : 1);
    if (name === 'targets') return Float32Array.from({ length: size }, (_, k) => (k === 3 || k === size / BATCH + 5 ? 1 : 0));
    if (name.startsWith(imagesInput(''))) return noise(size, name.length);
    throw new Error(`the step asks for an input ${name}`);
  };
  return Object.fromEntries(Object.entries(stepSignature(plan).inputs).map(([name, tensor]) => [name, given(name, tensor)]));
};

const stateOf = (engine: Engine, plan: StepPlan) => {
  const values: Record<string, Float32Array> = { ...stateVectors(initialState(plan.members, 1, plan.optimizer)) };
  plan.teachers.forEach(({ network }, index) => {
    values[teacherState(index).weights] = initialWeights(network, 2, index);
    values[teacherState(index).statistics] = initialStatistics(network);
  });
  const specs = Object.entries(stateSpecs(plan));
  return engine.createState(Object.fromEntries(specs.map(([name, spec]) => [name, { spec, data: values[name] as Float32Array }])));
};

/** Mean of the squares: not finite as soon as one of them is not. */
const power = (values: TensorData): number => {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum / values.length;
};

describe('a preset at the scale of its paper', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await CompiledEngine.start('cpu', 1);
  });
  afterAll(() => engine.dispose());

  it.each(cases())('$name: takes a step', { timeout: 300_000 }, async ({ one }) => {
    const plan = planOf(one);
    const state = stateOf(engine, plan);
    const program = await engine.prepare('paper step', stepSignature(plan), trainingStep(plan));
    const before = power((await state.read(['weights'])).weights as TensorData);
    const { metrics } = await program.run(state, inputsOf(plan, one.spec));
    const after = power((await state.read(['weights'])).weights as TensorData);
    state.dispose();
    await program.dispose();
    // [members, terms + correct + entropy]
    expect(metrics?.length).toBe(plan.members.length * (plan.method.terms.length + 2));
    expect(Array.from(metrics ?? []).every(Number.isFinite)).toBe(true);
    expect(Number.isFinite(after)).toBe(true);
    expect(after).not.toBe(before);
  });
});
