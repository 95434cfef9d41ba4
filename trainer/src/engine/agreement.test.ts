import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectAgreement } from './agreement.ts';
import { eager } from './eager.ts';
import { openEngine } from './open.ts';
import { tf } from './tf.ts';

/** TensorFlow.js on the CPU, but for one kernel that rounds as TF32 does: ten bits of each product's factors. */
const BACKEND = 'ten-bits';
beforeAll(() => {
  tf.registerBackend(BACKEND, tf.findBackendFactory('cpu'), 0);
  tf.copyRegisteredKernels('cpu', BACKEND);
  const right = tf.getKernel('Relu', BACKEND);
  tf.unregisterKernel('Relu', BACKEND);
  tf.registerKernel({
    kernelName: 'Relu',
    backendName: BACKEND,
    kernelFunc: (call) => {
      const result = right.kernelFunc(call) as tf.TensorInfo;
      const numbers = (call.backend as unknown as { data: { get(id: object): { values: Float32Array } } }).data.get(result.dataId).values;
      const bits = new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length);
      for (const [index, own] of bits.entries()) bits[index] = own & 0xffffe000;
      return result;
    },
  });
});
afterAll(() => tf.removeBackend(BACKEND));

it('an engine that computes as the reference does may train', async () => {
  const engine = await openEngine('compiled-cpu', { threads: 1 });
  await expect(expectAgreement(engine)).resolves.toBeUndefined();
  await engine.dispose();
});

it('one that rounds to fewer bits is refused before it trains, with what is how far apart', async () => {
  await expect(expectAgreement(eager(BACKEND, { name: 'tfjs-node-gpu' }))).rejects.toThrow(
    /^tfjs-node-gpu disagrees with the reference over one training step \(.*: 0\.0\d+ apart, 0\.0001 allowed\), so it does not train; npm run bench -- parity/,
  );
});
