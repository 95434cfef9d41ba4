import { eager } from './eager.ts';
import type { Engine, Signature, StepFunction, TensorData, TensorSpec } from './engine.ts';
import { EngineError } from './engine-error.ts';
import { sizeOf } from './signature.ts';
import { tf } from './tf.ts';

const float = (...shape: number[]): TensorSpec => ({ shape, dtype: 'float32' });

const signature: Signature = {
  state: { filter: float(3, 3, 3, 8), depthwise: float(3, 3, 8, 1), weights: float(128, 5) },
  inputs: { x: float(4, 8, 8, 3), targets: float(4, 5), rate: float() },
};

/** One step of a small network with what networks are made of: convolutions, normalisation, ReLU, pooling, a product, cross-entropy. */
const step: StepFunction = (state, { x, targets, rate }) => {
  const names = ['filter', 'depthwise', 'weights'] as const;
  const loss = (filter: tf.Tensor, depthwise: tf.Tensor, weights: tf.Tensor): tf.Scalar => {
    const a = tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, 'same');
    const { mean, variance } = tf.moments(a, [0, 1, 2]);
    const b = tf.relu(tf.div(tf.sub(a, mean), tf.sqrt(tf.add(variance, 1e-3)))) as tf.Tensor4D;
    const c = tf.relu(tf.depthwiseConv2d(b, depthwise as tf.Tensor4D, 1, 'same')) as tf.Tensor4D;
    const logits = tf.matMul(tf.reshape(tf.avgPool(c, 3, 2, 'same'), [4, 128]), weights as tf.Tensor2D);
    return tf.neg(tf.mean(tf.sum(tf.mul(targets as tf.Tensor, tf.logSoftmax(logits)), 1))) as tf.Scalar;
  };
  const { value, grads } = tf.valueAndGrads(loss)(names.map((name) => state[name] as tf.Tensor));
  const after = names.map((name, index) => [name, tf.sub(state[name] as tf.Tensor, tf.mul(grads[index] as tf.Tensor, rate as tf.Tensor))]);
  return { state: Object.fromEntries(after), outputs: { loss: value } };
};

/** Numbers between −1 and 1 that are the same everywhere. */
const numbers = ({ shape }: TensorSpec, seed: number): Float32Array =>
  Float32Array.from({ length: sizeOf(shape) }, (_, k) => Math.sin(1 + seed + k * 12.9898 + (k % 7) * 78.233));

const oneHot = Float32Array.from({ length: 20 }, (_, k) => (k % 5 === (k / 5) >> 0 ? 1 : 0));

/** The loss of the first step, and the weights after it. */
const afterOneStep = async (engine: Engine): Promise<Record<string, TensorData>> => {
  const entries = Object.entries(signature.state).map(([name, spec], index) => [name, { spec, data: numbers(spec, index) }]);
  const state = engine.createState(Object.fromEntries(entries));
  const program = await engine.prepare('agreement', signature, step);
  const inputs = { x: numbers(float(4, 8, 8, 3), 9), targets: oneHot, rate: Float32Array.of(1) };
  const outputs = await program.run(state, inputs);
  const after = await state.read();
  state.dispose();
  await program.dispose();
  return {
    'the loss': outputs.loss as TensorData,
    ...Object.fromEntries(Object.entries(after).map(([name, data]) => [`${name} after it`, data])),
  };
};

/** Numbers here are of size 1 to 10, and rounding carries right engines some 1e-6 apart; TF32's ten bits make it 1e-3. */
const ALLOWED = 1e-4;

const apart = (a: TensorData, b: TensorData | undefined): number => {
  const distances = Array.from(a, (x, k) => Math.abs(x - (b?.[k] ?? Number.NaN)));
  return distances.some(Number.isNaN) ? Number.POSITIVE_INFINITY : Math.max(...distances);
};

/**
 * Takes one training step of a small network on the engine and on the reference: what computes wrongly must not train.
 *
 * @throws EngineError naming what is how far apart.
 */
export const expectAgreement = async (engine: Engine): Promise<void> => {
  const expected = await afterOneStep(eager('cpu'));
  const found = await afterOneStep(engine);
  for (const [what, numbers] of Object.entries(expected)) {
    const distance = apart(numbers, found[what]);
    if (distance <= ALLOWED) continue;
    throw new EngineError(
      `${engine.name} disagrees with the reference over one training step (${what}: ${distance.toPrecision(2)} apart, ${ALLOWED} allowed), so it does not train; npm run bench -- parity --engine ${engine.name} says what it computes wrongly`,
    );
  }
};
