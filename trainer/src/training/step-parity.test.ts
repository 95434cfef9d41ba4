import { settings } from '@studyhall/contract/settings/contract.ts';
import { inputType } from '@studyhall/contract/settings/settings.ts';
import { modelFamilies } from '@studyhall/contract/spec/model-name.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine, TensorData } from '../engine/engine.ts';
import { openEngine } from '../engine/open.ts';
import { along, deviations, evaluationDeviation } from './testing/deviations.ts';
import { inputsOf, prepareStep, STEP_CASES, type StepCase } from './testing/step-cases.ts';

/** All choices that a type of the contract offers: entries of a @oneOf, values of enums, groups of settings that may be left out. */
const choices = (name: string, path: string): string[] => {
  const { fields, oneOf } = inputType(settings, name);
  return fields.flatMap(({ name, kind, type, default: otherwise }) => {
    const at = `${path}.${name}`;
    if (kind === 'enum') return (settings.enums[type]?.values ?? []).map((value) => `${at} = ${value.name}`);
    if (kind !== 'input' || type === 'TeacherInput') return [];
    return [...(oneOf || otherwise === undefined ? [at] : []), ...choices(type, at)];
  });
};

/** Those that a value of it makes. */
const chosen = (name: string, value: object, path: string): string[] =>
  inputType(settings, name).fields.flatMap(({ name, kind, type }) => {
    const setting = (value as Record<string, unknown>)[name];
    const at = `${path}.${name}`;
    if (setting === null || setting === undefined) return [];
    if (kind === 'enum') return [`${at} = ${setting}`];
    return kind === 'input' && !Array.isArray(setting) ? [at, ...chosen(type, setting, at)] : [];
  });

describe('the cases below', () => {
  it('have every family of networks', () => {
    const models = STEP_CASES.flatMap(({ spec }) => spec.networks.map(({ model }) => model.split('-')[0]));
    expect([...new Set(models)].sort()).toEqual([...modelFamilies].sort());
  });

  it.each([
    ['MethodInput', (own: StepCase) => own.spec.method],
    ['OptimizerInput', (own: StepCase) => own.spec.training.optimizer],
  ] as const)('make every choice that %s of the contract offers', (name, settingsOf) => {
    const made = new Set(STEP_CASES.flatMap((own) => chosen(name, settingsOf(own), name)));
    expect(choices(name, name).filter((choice) => !made.has(choice))).toEqual([]);
  });
});

const named = (wanted: string) => STEP_CASES.find(({ title }) => title === wanted) as StepCase;

describe('a whole training step, compiled against reference', () => {
  let reference: Engine;
  let compiled: Engine;
  beforeAll(async () => {
    reference = await openEngine('reference');
    compiled = await openEngine('compiled-cpu', { threads: 1 });
  });
  afterAll(() => compiled.dispose());

  // The reference is slow on convolutions, and slower on a busy machine.
  it.each(STEP_CASES.map((own) => [own.title, own] as const))('%s', { timeout: 120_000 }, async (_title, own) => {
    for (const { what, apart, allowed } of await deviations(reference, compiled, own)) expect(apart, what).toBeLessThanOrEqual(allowed);
  });

  it.each([
    ['mlp-24-16', 100],
    ['cnn-4', 40],
    ['Adam', 30],
    ['dropout in an mlp', 100],
    ['mutual learning by the mean distribution of three', 50],
  ])(
    '%s: losses agree over %d steps to a thousandth, and from equal state to a hundred-thousandth',
    { timeout: 120_000 },
    async (title, steps) => {
      const { run, equal } = await along(reference, compiled, named(title), steps);
      expect(run).toBeLessThanOrEqual(1);
      expect(equal).toBeLessThanOrEqual(1);
    },
  );

  const FAMILIES = ['mlp-24-16', 'cnn-16', 'resnet-8', 'wrn-10-1', 'mobilenet-0.25', 'tcn-16', 'two networks side by side'];
  it.each(FAMILIES)('%s: logits in evaluation mode, on running statistics', { timeout: 120_000 }, async (title) => {
    const { apart, allowed } = await evaluationDeviation(reference, compiled, named(title));
    expect(apart).toBeLessThanOrEqual(allowed);
  });

  it('repeats itself to the bit, also in another engine of as many threads', async () => {
    const own = named('mutual learning, alternating');
    const engines = [await openEngine('compiled-cpu', { threads: 2 }), await openEngine('compiled-cpu', { threads: 2 })];
    const runs = await Promise.all(
      engines.map(async (engine) => {
        const { program, createState, signature } = await prepareStep(engine, own);
        const state = createState();
        const metrics: TensorData[] = [];
        for (let index = 0; index < 20; index++)
          metrics.push((await program.run(state, inputsOf(signature, index, own))).metrics as TensorData);
        const end = await state.read();
        await program.dispose();
        return { metrics, end };
      }),
    );
    for (const engine of engines) await engine.dispose();
    expect(runs[0]).toEqual(runs[1]);
  });
});
