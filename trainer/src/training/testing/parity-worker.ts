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
const listed = (list: string | undefined, one: string) => list === undefined || list.split(';').includes(one);

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
for (const kernel of Object.keys(KERNEL_CASES)) {
  if (listed(kernels, kernel)) await checked(`kernel ${kernel}`, () => ofKernel(reference, engine, kernel));
}
for (const own of STEP_CASES) {
  if (!listed(steps, own.title)) continue;
  await checked(`step: ${own.title}`, async () =>
    Math.max(...(await deviations(reference, engine, own)).map(({ apart, allowed }) => ratio(apart, allowed))),
  );
  await checked(`evaluation: ${own.title}`, async () => {
    const { apart, allowed } = await evaluationDeviation(reference, engine, own);
    return ratio(apart, allowed);
  });
}
for (const [own, excess] of Object.entries(DEVICE_CASES)) {
  // They try how ONNX Runtime's providers keep state.
  if (name in PROVIDERS && listed(cases, own)) await checked(own, () => excess(engine));
}
await engine.dispose();
process.exit(0);
