import ort from 'onnxruntime-node';
import type { EngineState, StateEntries, TensorData, TensorSpec } from '../engine.ts';
import { checkData, SignatureError, sizeOf } from '../signature.ts';
import type { Download } from './download.ts';
import type { StateView } from './graph/graph.ts';

type Entry = {
  readonly spec: TensorSpec;
  current: ort.Tensor;
  /** Where the next step writes: the two buffers alternate. */
  spare: ort.Tensor | null;
};

export const tensorOf = ({ shape, dtype }: TensorSpec, data: TensorData): ort.Tensor =>
  data instanceof Float32Array ? new ort.Tensor('float32', data, shape) : new ort.Tensor(dtype, data as never, shape);

export const arrayOf = (dtype: TensorSpec['dtype'], length: number): TensorData =>
  dtype === 'float32' ? new Float32Array(length) : new Int32Array(length);

const emptyTensor = (spec: TensorSpec, length: number): ort.Tensor => tensorOf(spec, arrayOf(spec.dtype, length));

const views = new WeakMap<ort.Tensor, Map<string, ort.Tensor>>();

/** A view of a tensor as a tensor on the same memory; of a tensor on a GPU there is only the whole. */
const viewOf = (tensor: ort.Tensor, { begin, shape }: StateView): ort.Tensor => {
  if (tensor.location !== 'cpu') return tensor;
  const own = views.get(tensor) ?? new Map<string, ort.Tensor>();
  views.set(tensor, own);
  const key = `${begin}: ${shape.join()}`;
  const known = own.get(key);
  if (known !== undefined) return known;
  const data = (tensor.data as TensorData).subarray(begin, begin + sizeOf(shape));
  const view = tensorOf({ shape, dtype: tensor.type as TensorSpec['dtype'] }, data);
  own.set(key, view);
  return view;
};

/**
 * Tensors between two steps. On the CPU they are double-buffered: a step reads one and writes the other, so nothing is copied or allocated;
 * an entry that donates its buffer has one. On a GPU a step's output is the next step's input, and stays on the device where the provider can keep
 * it there.
 */
export class CompiledState implements EngineState {
  readonly #entries = new Map<string, Entry>();

  readonly #download: Download;

  constructor(entries: StateEntries, download: Download) {
    this.#download = download;
    for (const [name, { spec, data }] of Object.entries(entries)) {
      checkData(name, spec, data);
      this.#entries.set(name, { spec, current: tensorOf(spec, data.slice()), spare: null });
    }
  }

  spec(name: string): TensorSpec | undefined {
    return this.#entries.get(name)?.spec;
  }

  /** What a step reads of an entry. */
  current(view: StateView): ort.Tensor {
    return viewOf(this.#entry(view.entry).current, view);
  }

  /** Where a step writes a view of the entry's next value, in the CPU's memory. */
  spare(view: StateView): ort.Tensor {
    const entry = this.#entry(view.entry);
    entry.spare ??= emptyTensor(entry.spec, entry.current.size);
    return viewOf(entry.spare, view);
  }

  /** Makes the entry's next value its current one: what was written into the spare buffer, or a tensor on the device. */
  advance(name: string, onDevice?: ort.Tensor): void {
    const entry = this.#entry(name);
    const before = entry.current;
    entry.current = onDevice ?? (entry.spare as ort.Tensor);
    if (onDevice === undefined) entry.spare = before;
    else before.dispose();
  }

  async read(names: readonly string[] = [...this.#entries.keys()]): Promise<Record<string, TensorData>> {
    const values: Record<string, TensorData> = {};
    for (const name of names) {
      const { spec, current } = this.#entry(name);
      values[name] = await this.#download.copy(spec, current);
    }
    return values;
  }

  async write(values: Readonly<Record<string, TensorData>>): Promise<void> {
    for (const [name, data] of Object.entries(values)) {
      const entry = this.#entry(name);
      const next = tensorOf(entry.spec, checkData(name, entry.spec, data).slice());
      if (entry.current.location !== 'cpu') entry.current.dispose();
      entry.current = next;
    }
  }

  dispose(): void {
    for (const { current } of this.#entries.values()) if (current.location !== 'cpu') current.dispose();
    this.#entries.clear();
  }

  #entry(name: string): Entry {
    const entry = this.#entries.get(name);
    if (entry === undefined) throw new SignatureError(`this state holds no ${name}; it holds ${[...this.#entries.keys()].join(', ')}`);
    return entry;
  }
}
