import { describe, expect, it } from 'vitest';
import { deviations, evaluationDeviation } from '../../training/testing/deviations.ts';
import { inputsOf, prepareStep, STEP_CASES, type StepCase } from '../../training/testing/step-cases.ts';
import { bundled, KERNEL_CASES } from '../compiled/testing/kernel-cases.ts';
import { distance, runOn } from '../compiled/testing/run.ts';
import type { TensorData } from '../engine.ts';
import { openEngine } from '../open.ts';
import { tf } from '../tf.ts';
import { enginesFolder, isInPlace } from './place.ts';

const TENSORFLOW = 'tfjs-node';

/** A step of convolutions and batch norm with little arithmetic: a thousand of them take some seconds. */
const LIGHT = STEP_CASES.find(({ title }) => title === 'cnn-4') as StepCase;

const installed = isInPlace(TENSORFLOW);
if (!installed)
  process.stderr.write(
    `SKIPPED: ${TENSORFLOW} is not in ${enginesFolder()}, so it is not held against the reference (npm run trainer -- install tfjs-node)\n`,
  );

describe.skipIf(!installed)('TensorFlow by tfjs-node, against the reference', () => {
  it.each(Object.entries(KERNEL_CASES))('%s', async (_kernel, cases) => {
    const { given, compute, tolerances } = bundled(cases);
    const expected = await runOn(await openEngine('reference'), given, compute);
    const results = await runOn(await openEngine(TENSORFLOW, { threads: 1 }), given, compute);
    for (const [index, result] of results.entries())
      expect(distance(result, expected[index] as TensorData), `output ${index}`).toBeLessThanOrEqual(tolerances[index] as number);
  });

  // The reference is slow on convolutions, and slower on a busy machine.
  it.each(STEP_CASES.map((own) => [own.title, own] as const))(
    'a whole step, and evaluation: %s',
    { timeout: 120_000 },
    async (_title, own) => {
      const [reference, engine] = [await openEngine('reference'), await openEngine(TENSORFLOW, { threads: 1 })];
      const found = [...(await deviations(reference, engine, own)), await evaluationDeviation(reference, engine, own)];
      for (const { what, apart, allowed } of found) expect(apart, what).toBeLessThanOrEqual(allowed);
    },
  );

  it('records library, threads and oneDNN, and keeps no tensor over 1,000 steps', async () => {
    const engine = await openEngine(TENSORFLOW, { threads: 1 });
    expect(engine.name).toBe(TENSORFLOW);
    expect(engine.fingerprint).toMatchObject({ engine: 'eager', provider: 'tfjs-tensorflow', threads: 1 });
    expect(engine.fingerprint.runtime).toMatch(/^tfjs [\d.]+, TensorFlow 2\.[\d.]+, oneDNN (on|off)$/);
    const { program, signature, createState } = await prepareStep(engine, LIGHT);
    const [state, inputs] = [createState(), inputsOf(signature, 0, LIGHT)];
    await program.run(state, inputs);
    const { numTensors, numBytes } = tf.memory();
    for (let step = 0; step < 1000; step++) await program.run(state, inputs);
    expect(tf.memory()).toMatchObject({ numTensors, numBytes });
    state.dispose();
  });

  it('takes the number of threads once in a process', async () => {
    await openEngine(TENSORFLOW, { threads: 1 });
    await expect(openEngine(TENSORFLOW, { threads: 2 })).rejects.toThrow('runs with 1 threads in this process');
  });
});
