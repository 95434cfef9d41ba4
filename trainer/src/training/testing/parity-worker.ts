/**
 * Holds one engine against the reference, in a process of its own: `parity-worker.ts ENGINE [KERNELS] [STEPS] [CASES]`, each list
 * separated by semicolons; all there are, if left out. One line of JSON for each kernel, whole step, evaluation and case of what devices do in their own ways.
 */
import { DEVICE_CASES } from '../../engine/compiled/testing/device-cases.ts';
import { bundled, KERNEL_CASES } from '../../engine/compiled/testing/kernel-cases.ts';
import { distance, runOn } from '../../engine/compiled/testing/run.ts';
import type { Engine, TensorData } from '../../engine/engine.ts';
import { PROVIDERS } from '../../engine/names.ts';
import { openEngine } from '../../engine/open.ts';
import { deviations, evaluationDeviation } from './deviations.ts';
import { STEP_CASES } from './step-cases.ts';

/** `excess`: the distance from the reference as a multiple of what is allowed. */
export type Parity = { readonly what: string; readonly excess: number; readonly error?: string };

const [name = '', kernels, steps, cases] = process.argv.slice(2);

/** @throws Error naming what is none of the known ones */
const listed = (kind: string, list: string | undefined, known: readonly string[]): readonly string[] => {
  const names = list?.split(';').filter((one) => one !== '') ?? known;
  const unknown = names.find((one) => !known.includes(one));
  if (unknown !== undefined) throw new Error(`no ${kind} ${unknown}; there are ${known.join('; ')}`);
  return names;
};
const wanted = {
  kernels: listed('kernel', kernels, Object.keys(KERNEL_CASES)),
  steps: listed(
    'step',
    steps,
    STEP_CASES.map(({ title }) => title),
  ),
  // They try how ONNX Runtime's providers keep state.
  cases: name in PROVIDERS ? listed('case', cases, Object.keys(DEVICE_CASES)) : [],
};

const say = (parity: Parity) => process.stdout.write(`${JSON.stringify(parity)}\n`);

const checked = async (what: string, excess: () => Promise<number>): Promise<void> => {
  try {
    say({ what, excess: await excess() });
  } catch (error) {
    say({ what, excess: Number.MAX_VALUE, error: error instanceof Error ? error.message : String(error) });
  }
};

/** 0 allowed and 0 found is no excess. */
const ratio = (apart: number, allowed: number): number =>
  apart <= allowed ? (allowed === 0 ? 0 : apart / allowed) : Math.min(apart / allowed, Number.MAX_VALUE);

const ofKernel = async (reference: Engine, engine: Engine, kernel: string): Promise<number> => {
  const { given, compute, tolerances } = bundled(KERNEL_CASES[kernel] ?? []);
  const expected = await runOn(reference, given, compute);
  const results = await runOn(engine, given, compute);
  return Math.max(...results.map((result, index) => ratio(distance(result, expected[index] as TensorData), tolerances[index] as number)));
};

const reference = await openEngine('reference');
const engine = await openEngine(name);
for (const kernel of wanted.kernels) await checked(`kernel ${kernel}`, () => ofKernel(reference, engine, kernel));
for (const own of STEP_CASES) {
  if (!wanted.steps.includes(own.title)) continue;
  await checked(`step: ${own.title}`, async () =>
    Math.max(...(await deviations(reference, engine, own)).map(({ apart, allowed }) => ratio(apart, allowed))),
  );
  await checked(`evaluation: ${own.title}`, async () => {
    const { apart, allowed } = await evaluationDeviation(reference, engine, own);
    return ratio(apart, allowed);
  });
}
for (const [own, excess] of Object.entries(DEVICE_CASES)) {
  if (wanted.cases.includes(own)) await checked(own, () => excess(engine));
}
await engine.dispose();
process.exit(0);
