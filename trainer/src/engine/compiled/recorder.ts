import { tf } from '../tf.ts';
import { withBackend } from '../with-backend.ts';
import { elements } from './graph/value.ts';
import type { Trace } from './trace.ts';
import { type Traced, type TracedDtype, tracedNhwc, tracedUniform } from './traced.ts';

/** Something that cannot be expressed in a graph; the message names the operation that did it. */
export class TraceError extends Error {
  override name = 'TraceError';
}

export const RECORDER = 'studyhall-recorder';

/** The operation of TensorFlow.js under way, as far as it keeps track of it. */
const operation = (): string => {
  const name = tf.engine().state.activeScope?.name;
  return name === undefined || name === 'unnamed scope' ? 'the step function' : name.replace(/__op$/, '');
};

const unreadable = () =>
  new TraceError(
    `${operation()} reads a tensor's numbers while the step is being compiled, when there are none. Compute with the tensor, or return it as an output and read that.`,
  );

/** Operations of TensorFlow.js that draw numbers in JavaScript, whatever backend is active. */
const DRAWS = /^(rand|truncatedNormal)/;

const uniformOf = (values: tf.backend_util.BackendValues): number | undefined => {
  const first = values[0];
  if (first === undefined || typeof first === 'string' || first instanceof Uint8Array) return undefined;
  const number = Number(first);
  for (const value of values) if (Number(value) !== number) return undefined;
  return number;
};

/** A TensorFlow.js backend that holds no numbers: its tensors are values of the graph that is being written. */
class Recorder extends tf.KernelBackend {
  readonly #tensors = new WeakMap<object, Traced>();
  trace: Trace | null = null;

  active(): Trace {
    if (this.trace === null) throw new TraceError('the recording backend was used outside a trace');
    return this.trace;
  }

  traced(info: tf.TensorInfo): Traced {
    const traced = this.#tensors.get(info.dataId);
    if (traced === undefined) {
      throw new TraceError(
        `${operation()} was given a tensor [${info.shape.join(', ')}] from outside the step function. Make it inside, or pass it as state or input.`,
      );
    }
    return traced;
  }

  hold(traced: Traced): tf.TensorInfo {
    const dataId = {};
    this.#tensors.set(dataId, traced);
    return { dataId, shape: [...traced.shape], dtype: traced.dtype };
  }

  override write(values: tf.backend_util.BackendValues, shape: number[], dtype: tf.DataType): tf.DataId {
    if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool')
      throw new TraceError(`${operation()} makes a constant of type ${dtype}; the compiled engine has float32, int32 and bool`);
    if (DRAWS.test(operation())) {
      throw new TraceError(
        `${operation()} draws numbers while the step is being compiled: every call would use the same ones. Draw them outside and hand them in as an input.`,
      );
    }
    return this.hold(this.#constant(values, shape, dtype)).dataId;
  }

  #constant(values: tf.backend_util.BackendValues, shape: number[], dtype: TracedDtype): Traced {
    const uniform = uniformOf(values);
    if (uniform !== undefined) return tracedUniform(uniform, shape, dtype);
    const numbers = Array.from(values as ArrayLike<number>, Number);
    const data = dtype === 'float32' ? Float32Array.from(numbers) : dtype === 'int32' ? Int32Array.from(numbers) : Uint8Array.from(numbers);
    if (data.length !== elements(shape))
      throw new TraceError(`${operation()}: ${data.length} numbers do not fill a tensor of shape [${shape.join(', ')}]`);
    return tracedNhwc(this.active().graph.constant(data, shape, dtype));
  }

  override readSync(): never {
    throw unreadable();
  }

  override async read(): Promise<never> {
    throw unreadable();
  }

  override move(): never {
    throw new TraceError(`${operation()} was given a tensor from outside the step function. Make it inside, or pass it as state or input.`);
  }

  override numDataIds(): number {
    return 0;
  }

  override disposeData(): boolean {
    return true;
  }

  override incRef(): void {}

  decRef(): void {}

  override refCount(): number {
    return 1;
  }

  override floatPrecision(): 16 | 32 {
    return 32;
  }

  override epsilon(): number {
    return 1e-7;
  }

  override timerAvailable(): boolean {
    return false;
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: true };
  }

  override dispose(): void {}
}

export const recorder = new Recorder();
// Priority 0: TensorFlow.js never picks it by itself.
tf.registerBackend(RECORDER, () => recorder, 0);

/** Runs a function with that trace being written. Traces do not nest. */
export const recording = <T>(trace: Trace, run: () => T): T => {
  if (recorder.trace !== null) throw new TraceError('a trace was started within a trace');
  recorder.trace = trace;
  try {
    return withBackend(RECORDER, () => tf.tidy(run as () => tf.TensorContainer)) as T;
  } finally {
    recorder.trace = null;
  }
};

/** The graph's tensor as TensorFlow.js's. */
export const asTensor = (traced: Traced): tf.Tensor => tf.engine().makeTensorFromTensorInfo(recorder.hold(traced), recorder);

export { operation as currentOperation };
