import type { Signature, StepFunction, TensorData, TensorSpec } from './engine.ts';
import type { tf } from './tf.ts';

/** A step function, or a call of a program, that does not keep to its signature. */
export class SignatureError extends Error {
  override name = 'SignatureError';
}

type Specs = Readonly<Record<string, TensorSpec>>;

/** Numbers in a tensor of that shape. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, extent) => product * extent, 1);

const show = ({ shape, dtype }: { readonly shape: readonly number[]; readonly dtype: string }) => `${dtype} [${shape.join(', ')}]`;

/** @throws SignatureError unless the data fits the spec in type and length. */
export const checkData = (name: string, spec: TensorSpec, data: TensorData | undefined): TensorData => {
  if (data === undefined) throw new SignatureError(`${name} is missing: ${show(spec)} was expected`);
  const fits = spec.dtype === 'float32' ? data instanceof Float32Array : data instanceof Int32Array;
  if (!fits || data.length !== sizeOf(spec.shape)) {
    throw new SignatureError(
      `${name} must hold ${sizeOf(spec.shape)} numbers (${show(spec)}), not ${data.constructor.name} of ${data.length}`,
    );
  }
  return data;
};

/** @throws SignatureError unless there is data for exactly the inputs declared. */
export const checkInputs = (program: string, specs: Specs, inputs: Readonly<Record<string, TensorData>>): void => {
  for (const name of Object.keys(inputs)) {
    if (!(name in specs)) throw new SignatureError(`${program} has no input ${name}; it has ${Object.keys(specs).join(', ')}`);
  }
  for (const [name, spec] of Object.entries(specs)) checkData(`${program}: input ${name}`, spec, inputs[name]);
};

/** @throws SignatureError unless the state holds every entry the program reads, in its shape. */
export const checkState = (program: string, specs: Specs, held: (name: string) => TensorSpec | undefined): void => {
  for (const [name, spec] of Object.entries(specs)) {
    const own = held(name);
    if (own === undefined) throw new SignatureError(`${program} reads the state's ${name} (${show(spec)}), which this state does not hold`);
    if (show(own) !== show(spec)) throw new SignatureError(`${program} reads ${name} as ${show(spec)}; this state holds ${show(own)}`);
  }
};

/** @throws SignatureError unless the state that a step returned has names and shapes of its signature, and its outputs other names. */
export const checkResult = (program: string, signature: Signature, { state, outputs }: ReturnType<StepFunction>): void => {
  for (const [name, tensor] of Object.entries(state)) {
    const spec = signature.state[name];
    if (spec === undefined) throw new SignatureError(`${program} returned the state ${name}, which its signature does not have`);
    if (show(tensor) !== show(spec))
      throw new SignatureError(`${program} returned the state ${name} as ${show(tensor)} instead of ${show(spec)}`);
  }
  for (const [name, tensor] of Object.entries(outputs)) {
    if (tensor.dtype !== 'float32' && tensor.dtype !== 'int32') {
      throw new SignatureError(`${program}: output ${name} is ${tensor.dtype}; cast it to float32 or int32`);
    }
  }
};

/** The spec of a tensor that a step returned. */
export const specOf = (tensor: tf.Tensor): TensorSpec => ({ shape: tensor.shape, dtype: tensor.dtype === 'int32' ? 'int32' : 'float32' });
