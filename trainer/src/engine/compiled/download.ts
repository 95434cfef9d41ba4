import ort from 'onnxruntime-node';
import type { TensorData, TensorSpec } from '../engine.ts';
import { Graph } from './graph/graph.ts';
import { serialize } from './graph/serialize.ts';
import { type Provider, sessionOptions } from './provider.ts';

/**
 * Copies tensors from a device's memory. onnxruntime-node's own `Tensor.getData` ends the process for GPU buffers (1.30: a C++ exception
 * that is not caught), so a graph that copies its input to an output on the CPU does it, one per shape.
 */
export class Download {
  readonly #provider: Provider;
  readonly #sessions = new Map<string, Promise<ort.InferenceSession>>();

  constructor(provider: Provider) {
    this.#provider = provider;
  }

  async copy({ shape, dtype }: TensorSpec, tensor: ort.Tensor): Promise<TensorData> {
    if (tensor.location === 'cpu') return tensor.data.slice() as TensorData;
    const key = `${dtype} ${shape.join()}`;
    const known = this.#sessions.get(key) ?? this.#create(shape, dtype);
    this.#sessions.set(key, known);
    const { y } = await (await known).run({ x: tensor });
    return y?.data as TensorData;
  }

  async dispose(): Promise<void> {
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    for (const session of sessions) await (await session).release();
  }

  #create(shape: readonly number[], dtype: TensorSpec['dtype']): Promise<ort.InferenceSession> {
    const graph = new Graph();
    const x = graph.input('x', shape, dtype);
    graph.output('y', graph.add('Identity', [x], { shape, dtype }));
    return ort.InferenceSession.create(serialize(graph), sessionOptions(this.#provider));
  }
}
