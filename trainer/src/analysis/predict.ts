import { alive } from '../alive.ts';
import { type Batch, type BatchReader, imagesInput } from '../data/batches.ts';
import type { Engine, EngineState, Program } from '../engine/engine.ts';
import { stateEntries } from '../engine/state-entries.ts';
import { tf } from '../engine/tf.ts';
import { RUNNING_MOMENTUM } from '../nn/batch-norm.ts';
import { concatenate } from '../nn/concatenate.ts';
import { unflatten } from '../nn/flat.ts';
import type { Mode } from '../nn/layer.ts';
import type { Network } from '../nn/network.ts';
import { firstNotFinite } from '../nn/not-finite.ts';
import { imageSpecs, networkSpecs } from '../training/step.ts';
import { WorkError, WorkStopped } from '../work-failure.ts';
import type { Analysed, Samples } from './analysed.ts';

/** Images at a time, at most. */
const LARGEST_BATCH = 250;

/** The layer that the classifier reads, and what the classifier gives. */
export const LAST = 'last';
const LOGITS = 'logits';

/** Tensors of a network, flat: its own, or disturbed ones in their place. */
export type Tensors = { readonly weights: Float32Array; readonly statistics: Float32Array };

type Prepared = { readonly program: Program; readonly state: EngineState; readonly batch: Batch; readonly size: number };

export type Progress = (images: number, expected: number) => void;

/**
 * Asks networks about samples. What is made ready for an architecture, a view and a size of batches serves every network of that kind and
 * all weights it is given: they are written into the state, and nothing is traced again.
 */
export class Predict {
  readonly #engine: Engine;
  readonly #signal: AbortSignal;
  readonly #progress: Progress;
  readonly #prepared = new Map<string, Prepared>();
  #images = 0;
  #expected = 0;

  constructor(engine: Engine, progress: Progress, signal: AbortSignal) {
    this.#engine = engine;
    this.#progress = progress;
    this.#signal = signal;
  }

  /** Programs that were made ready. */
  get compiled(): number {
    return this.#prepared.size;
  }

  /** Says how many images are going to be looked at, for the progress. */
  expect(images: number): void {
    this.#expected += images;
  }

  /**
   * Logits [samples, classes] in evaluation mode.
   *
   * @throws WorkError (permanent) for logits that are not finite, unless the tensors are not the network's own: then they are given as they are.
   */
  async logits(network: Analysed, samples: Samples, tensors: Tensors = network): Promise<Float32Array> {
    const values = await this.#run(network, samples, LOGITS, tensors);
    const wrong = tensors === network ? firstNotFinite(values) : -1;
    if (wrong < 0) return values;
    const sample = samples.indices[Math.floor(wrong / network.network.classes)];
    throw new WorkError(
      `the logits of ${network.label} are not finite: sample ${sample} of the ${samples.split.toLowerCase()} split gives ${values[wrong]}`,
      {
        permanent: true,
      },
    );
  }

  /** Activations [samples, …shape] of a layer by its name, or of the last features (`LAST`), in evaluation mode. */
  features(network: Analysed, samples: Samples, layer: string, tensors: Tensors = network): Promise<Float32Array> {
    return this.#run(network, samples, layer, tensors);
  }

  /**
   * Batch norm's statistics that these weights have on the samples: means over batches of the batches' own, variances unbiased. Empty for a
   * network without batch norm.
   */
  async statistics(network: Analysed, samples: Samples, weights: Float32Array): Promise<Float32Array> {
    const count = network.network.statisticCount;
    if (count === 0) return new Float32Array(0);
    const size = Math.floor(samples.indices.length / Math.ceil(samples.indices.length / LARGEST_BATCH));
    const batches = Math.floor(samples.indices.length / size);
    const prepared = await this.#prepare(network, samples.reader, size, 'training', LOGITS);
    await prepared.state.write({ weights, statistics: new Float32Array(count) });
    const sums = new Float64Array(count);
    for (let batch = 0; batch < batches; batch++) {
      const { statistics } = await this.#step(prepared, samples, batch * size);
      // They begin at 0, so what follows the batch's own by the momentum is that part of them.
      (statistics as Float32Array).forEach((value, k) => {
        sums[k] = (sums[k] as number) + value / RUNNING_MOMENTUM;
      });
    }
    return Float32Array.from(sums, (sum) => sum / batches);
  }

  /** X·Xᵀ of rows [samples, numbers], in the engine: [samples, samples]. */
  async gram(rows: Float32Array, samples: number): Promise<Float32Array> {
    const width = rows.length / samples;
    const program = await this.#engine.prepare(
      'gram',
      { state: {}, inputs: { rows: { shape: [samples, width], dtype: 'float32' } } },
      (_state, inputs) => ({
        state: {},
        outputs: { gram: tf.matMul(inputs.rows as tf.Tensor2D, inputs.rows as tf.Tensor2D, false, true) },
      }),
    );
    const state = this.#engine.createState({});
    try {
      return (await program.run(state, { rows })).gram as Float32Array;
    } finally {
      state.dispose();
      await program.dispose();
    }
  }

  async dispose(): Promise<void> {
    for (const { program, state } of this.#prepared.values()) {
      state.dispose();
      await program.dispose();
    }
    this.#prepared.clear();
  }

  async #run(network: Analysed, samples: Samples, output: string, { weights, statistics }: Tensors): Promise<Float32Array> {
    const { length } = samples.indices;
    const size = Math.ceil(length / Math.ceil(length / LARGEST_BATCH));
    const prepared = await this.#prepare(network, samples.reader, size, 'evaluation', output);
    await prepared.state.write(network.network.statisticCount > 0 ? { weights, statistics } : { weights });
    const parts: Float32Array[] = [];
    for (let from = 0; from < length; from += size) {
      const values = (await this.#step(prepared, samples, from))[output] as Float32Array;
      parts.push(values.slice(0, (values.length / size) * Math.min(size, length - from)));
    }
    return concatenate(parts);
  }

  /** @throws WorkStopped once it is to stop. */
  stopIfAsked(): void {
    if (this.#signal.aborted) throw new WorkStopped('stopped while networks were analysed');
  }

  async #step({ program, state, batch, size }: Prepared, { reader, indices }: Samples, from: number) {
    this.stopIfAsked();
    const count = reader.read(indices, from, batch);
    const { targets: _targets, sampleWeights: _weights, ...images } = batch;
    const outputs = await program.run(state, images);
    this.#images += Math.min(count, size);
    this.#expected = Math.max(this.#expected, this.#images);
    this.#progress(this.#images, this.#expected);
    alive();
    return outputs;
  }

  async #prepare({ network, view }: Analysed, reader: BatchReader, size: number, mode: Mode, output: string): Promise<Prepared> {
    const key = `${network.model} ${view} ${size} ${mode} ${output}`;
    const known = this.#prepared.get(key);
    if (known) return known;
    const members = [{ index: 0, view, network }];
    const specs = networkSpecs(members);
    const program = await this.#engine.prepare(
      `${mode} of ${network.model}`,
      { state: specs, inputs: imageSpecs(members, size) },
      (state, inputs) => {
        const seen = new Map<string, tf.Tensor>();
        const applied = applyTo(network, state, inputs[imagesInput(view)] as tf.Tensor, mode, seen);
        if (mode === 'training') {
          const parts = applied.statistics.map((value) => tf.reshape(value, [-1]));
          return { state: {}, outputs: { statistics: parts.length === 1 ? (parts[0] as tf.Tensor) : tf.concat(parts, 0) } };
        }
        const value = output === LOGITS ? applied.logits : output === LAST ? applied.last : seen.get(output);
        if (value === undefined)
          throw new WorkError(`${network.model} has no layer ${output}; it has ${layersOf(network).join(', ')}`, { permanent: true });
        return { state: {}, outputs: { [output]: value } };
      },
    );
    const empty = Object.fromEntries(Object.entries(specs).map(([name, { shape }]) => [name, new Float32Array(shape[0] as number)]));
    const state = this.#engine.createState(stateEntries(specs, empty));
    const prepared = { program, state, batch: reader.allocate(size, [view]), size };
    this.#prepared.set(key, prepared);
    return prepared;
  }
}

/** Names of the layers that can be looked at; the last features among them. */
export const layersOf = (network: Network): string[] => [...network.layers.map(({ name }) => name), LAST];

/** Of one sample's activations. */
export const layerShape = (network: Network, layer: string): readonly number[] =>
  layer === LAST ? network.featureShapes.last : (network.layers.find(({ name }) => name === layer)?.shape ?? []);

const applyTo = (
  network: Network,
  state: Readonly<Record<string, tf.Tensor>>,
  images: tf.Tensor,
  mode: Mode,
  seen: Map<string, tf.Tensor>,
) => {
  const running = network.statisticCount > 0 ? unflatten(state.statistics as tf.Tensor, network.statistics) : [];
  const parameters = unflatten(state.weights as tf.Tensor, network.parameters);
  return network.apply(parameters, running, images, mode, { observe: (name, value) => seen.set(name, value) });
};
