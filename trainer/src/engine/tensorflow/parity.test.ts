import { describe, expect, it } from 'vitest';
import { bundled, KERNEL_CASES } from '../compiled/testing/kernel-cases.ts';
import { distance, runOn } from '../compiled/testing/run.ts';
import type { TensorData } from '../engine.ts';
import { openEngine } from '../open.ts';
import { tf } from '../tf.ts';
import { enginesFolder, isInPlace } from './place.ts';

const TENSORFLOW = 'tfjs-node';

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

  it('records library, threads and oneDNN, and keeps no tensor over 1,000 steps', async () => {
    const engine = await openEngine(TENSORFLOW, { threads: 1 });
    expect(engine.name).toBe(TENSORFLOW);
    expect(engine.fingerprint).toMatchObject({ engine: 'eager', provider: 'tfjs-tensorflow', threads: 1 });
    expect(engine.fingerprint.runtime).toMatch(/^tfjs [\d.]+, TensorFlow 2\.[\d.]+, oneDNN (on|off)$/);
    const spec = { shape: [8, 8], dtype: 'float32' } as const;
    const program = await engine.prepare('decay', { state: { w: spec }, inputs: {} }, ({ w }) => ({
      state: { w: tf.matMul(w as tf.Tensor2D, tf.mul(tf.eye(8), 0.5)) },
      outputs: {},
    }));
    const state = engine.createState({ w: { spec, data: new Float32Array(64).fill(1) } });
    await program.run(state, {});
    const before = tf.memory().numTensors;
    for (let step = 0; step < 1000; step++) await program.run(state, {});
    expect(tf.memory().numTensors).toBe(before);
    state.dispose();
  });

  it('takes the number of threads once in a process', async () => {
    await openEngine(TENSORFLOW, { threads: 1 });
    await expect(openEngine(TENSORFLOW, { threads: 2 })).rejects.toThrow('runs with 1 threads in this process');
  });
});
