import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ReferenceEngine } from '../reference.ts';
import { tf } from '../tf.ts';
import { CompiledEngine } from './engine.ts';
import { isInstalled } from './installed.ts';
import { startProvider } from './provider.ts';
import { type Compute, distance, rounding, runOn } from './testing/parity.ts';

/** The software driver that Debian's Chromium ships, where the machine names no other. */
const SOFTWARE_DRIVER = '/usr/lib/chromium/vk_swiftshader_icd.json';
if (process.env.VK_DRIVER_FILES === undefined && existsSync(SOFTWARE_DRIVER)) process.env.VK_DRIVER_FILES = SOFTWARE_DRIVER;

const started = isInstalled('webgpu')
  ? await startProvider('webgpu', 1).catch((error: Error) => error.message)
  : 'there is no Vulkan loader (Debian: apt-get install libvulkan1)';
const missing = typeof started === 'string' ? started : null;
if (missing !== null) console.warn(`WebGPU is not tested on this machine: ${missing}`);

describe.skipIf(missing !== null)(`the WebGPU provider${missing === null ? '' : `, untested: ${missing}`}`, () => {
  it('computes convolutions, their gradients and many parameters as the reference does', { timeout: 120_000 }, async () => {
    const engine = new CompiledEngine(started as Exclude<typeof started, string>);
    const filters = Array.from({ length: 9 }, () => ({ shape: [3, 3, 2, 4] }));
    const compute: Compute = ([x, ...kernels]) => {
      const loss = (...weights: tf.Tensor[]) =>
        tf.mean(
          tf.square(
            tf.relu(
              weights
                .map((w, index) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, index % 2 === 0 ? 1 : [1, 1], 'same') as tf.Tensor)
                .reduce((a, b) => tf.add(a, b)),
            ),
          ),
        );
      return tf.grads(loss)(kernels as tf.Tensor[]);
    };
    const given = [{ shape: [2, 6, 6, 2] }, ...filters];
    const expected = await runOn(new ReferenceEngine(), given, compute);
    const results = await runOn(engine, given, compute);
    for (const [index, result] of results.entries())
      expect(distance(result, expected[index] as Float32Array)).toBeLessThanOrEqual(rounding(72));
    await engine.dispose();
  });

  it('keeps state in its memory between steps and gives it out when asked', { timeout: 120_000 }, async () => {
    const engine = new CompiledEngine(started as Exclude<typeof started, string>);
    const spec = { shape: [20], dtype: 'float32' } as const;
    const program = await engine.prepare('twelve parts', { state: { w: spec }, inputs: { x: spec } }, ({ w }, { x }) => {
      const parts = tf.split(w as tf.Tensor, [1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 4], 0);
      return { state: { w: tf.add(tf.concat(parts, 0), x as tf.Tensor) }, outputs: { sum: tf.sum(w as tf.Tensor) } };
    });
    const state = engine.createState({ w: { spec, data: new Float32Array(20).fill(1) } });
    const x = new Float32Array(20).fill(2);
    await program.run(state, { x });
    await program.run(state, { x });
    expect((await program.run(state, { x })).sum).toEqual(Float32Array.of(100));
    expect((await state.read()).w).toEqual(new Float32Array(20).fill(7));
    await state.write({ w: new Float32Array(20).fill(3) });
    expect((await program.run(state, { x })).sum).toEqual(Float32Array.of(60));
    state.dispose();
    await engine.dispose();
  });
});
