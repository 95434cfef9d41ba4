import { describe, expect, it } from 'vitest';
import type { TensorData } from '../engine/engine.ts';
import { tf } from '../engine/tf.ts';
import { withBackend } from '../engine/with-backend.ts';
import { independent } from '../methods/independent.ts';
import { parseModel } from '../nn/models.ts';
import { type CohortState, initialState, type Member } from './cohort.ts';
import { scalingAfter } from './loss-scaling.ts';
import { optimizerOf } from './optimizer.ts';
import { skippedIn } from './skipped-steps.ts';
import type { StepPlan } from './step.ts';
import { inputsOf, oneStep } from './testing/one-step.ts';

/** After a step of one network whose gradient was finite, or not. */
const after = (lossScale: number, goodSteps: number, finite: boolean): number[] =>
  withBackend('cpu', () =>
    tf.tidy(() => {
      const next = scalingAfter({ lossScale: tf.scalar(lossScale), goodSteps: tf.scalar(goodSteps) }, tf.scalar(finite, 'bool'));
      return [next.lossScale, next.goodSteps].map((own) => own.dataSync()[0] as number);
    }),
  );

describe('the scale of a loss', () => {
  it('is halved by a gradient that is not finite, down to 1, and counts steps anew', () => {
    expect(after(65_536, 1999, false)).toEqual([32_768, 0]);
    expect(after(2, 5, false)).toEqual([1, 0]);
    expect(after(1, 0, false)).toEqual([1, 0]);
  });

  it('is doubled after two thousand steps without one, up to 2²⁴', () => {
    expect(after(65_536, 1998, true)).toEqual([65_536, 1999]);
    expect(after(65_536, 1999, true)).toEqual([131_072, 0]);
    expect(after(2 ** 24, 1999, true)).toEqual([2 ** 24, 0]);
  });
});

const members: Member[] = [0, 1].map((index) => ({ index, view: 'image', network: parseModel('mlp-4')([3], 2) }));
const optimizer = optimizerOf({ sgd: { momentum: 0.9, nesterov: false, weightDecay: 0 } });
const plan: StepPlan = { members, teachers: [], method: independent(), optimizer, batchSize: 4 };
const inFloat16: StepPlan = { ...plan, precision: 'MIXED_FLOAT16' };

/** Weights after some step, so that there are velocities. */
const start: CohortState = (() => {
  const { weights, ...rest } = initialState(members, 2, optimizer);
  return { ...rest, weights, slots: { velocity: weights.map((x) => x / 8) } };
})();

const startWith = (...lossScale: number[]): CohortState => ({
  ...start,
  scaling: { lossScale: Float32Array.from(lossScale), goodSteps: Float32Array.of(3, 7) },
});

/** A rate with which gradients of its reciprocal's size move weights. */
const RATE = 1e9;

const far = (a: TensorData, b: TensorData): number => Math.max(...Array.from(a, (x, k) => Math.abs(x - (b[k] as number))));

describe('a step with products in float16', () => {
  it('is that of float32 but for rounding, whatever the scale is', async () => {
    const plain = await oneStep(plan, start);
    const small = await oneStep(inFloat16, startWith(256, 256));
    const large = await oneStep(inFloat16, startWith(4096, 1024));
    // Eleven digits, learning rate 0.1; and it did round.
    expect(far(small.weights, plain.weights)).toBeLessThan(1e-3);
    expect(far(small.weights, plain.weights)).toBeGreaterThan(1e-7);
    // Powers of two change no digit of what neither vanishes nor overflows.
    expect(far(large.weights, small.weights)).toBeLessThan(1e-7);
    expect([large.tensors.lossScale, large.tensors.goodSteps]).toEqual([Float32Array.of(4096, 1024), Float32Array.of(4, 8)]);
  });

  it('keeps gradients that float16 has no numbers for', async () => {
    const tiny = inputsOf(inFloat16, RATE);
    (tiny.sampleWeights as Float32Array).fill(1 / RATE);
    const first = members[0]?.network.parameters[0]?.shape.reduce((product, extent) => product * extent, 1) ?? 0;
    const atRest = { velocity: new Float32Array(start.weights.length) };
    const moved = async (own: StepPlan, from: CohortState) => {
      const { weights } = await oneStep(own, { ...from, slots: atRest }, [], tiny);
      return far(weights.subarray(0, first), start.weights.subarray(0, first));
    };
    const plain = await moved(plan, start);
    expect(await moved(inFloat16, startWith(1, 1))).toBe(0);
    expect((await moved(inFloat16, startWith(2 ** 20, 2 ** 20))) / plain).toBeCloseTo(1, 2);
  });

  it('leaves a network as it was whose gradient overflows, and no other; its scale is halved', async () => {
    const { weights, tensors, skipped, scale } = await oneStep(inFloat16, startWith(2 ** 24, 256));
    const own = members[0]?.network.parameterCount ?? 0;
    expect([skipped, scale]).toEqual([Float32Array.of(1, 0), Float32Array.of(2 ** 24, 256)]);
    expect(weights.subarray(0, own)).toEqual(start.weights.subarray(0, own));
    expect((tensors.velocity as Float32Array).subarray(0, own)).toEqual(start.slots.velocity?.subarray(0, own));
    expect(far(weights.subarray(own), start.weights.subarray(own))).toBeGreaterThan(1e-3);
    expect([tensors.lossScale, tensors.goodSteps]).toEqual([Float32Array.of(2 ** 23, 256), Float32Array.of(0, 8)]);
  });
});

describe('a step that was left out', () => {
  const outputs = (...scale: number[]) => ({ skipped: Float32Array.of(0, 1), scale: Float32Array.from(scale) });

  it('is told by network and scale', () => {
    expect(skippedIn(outputs(8, 65_536), { epoch: 1, step: 1200 }, [0, 1])).toEqual([
      'epoch 1, step 1,200: the gradient of network 1 overflowed float16 at a loss scale of 65,536; it was not updated',
    ]);
    expect(skippedIn({ metrics: Float32Array.of(1) }, { epoch: 1, step: 1 }, [0, 1])).toEqual([]);
  });

  it('ends the run where the loss was not scaled', () => {
    expect(() => skippedIn(outputs(1, 1), { epoch: 2, step: 3 }, [4, 5])).toThrow(
      'the gradient of network 5 overflows float16 in epoch 2, step 3, where its loss is not scaled any more. A lower learning rate or some warm-up usually helps, or training.precision FLOAT32',
    );
  });
});
