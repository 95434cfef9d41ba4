import { createHash } from 'node:crypto';
import ort from 'onnxruntime-node';
import { memoryLimit } from '../memory-limit.ts';
import { type Provider, sessionOptions } from './provider.ts';

/** Idle sessions kept for the next run of the same spec: training and evaluation of a cohort and of a teacher trained for it. */
const MOST_IDLE = 4;

type Entry = { readonly session: Promise<ort.InferenceSession>; references: number };

/** A session in use, perhaps by several programs. `release` drops one reference, and is called once. */
export type SharedSession = { readonly session: ort.InferenceSession; readonly release: () => Promise<void> };

/**
 * An engine's ONNX Runtime sessions, by the bytes of their models and counted by reference: runs of one spec under different seeds trace equal bytes
 * and compile once. Up to `mostIdle` sessions without a reference are kept, the least recently used go first; on a machine short of memory all of
 * them go before a new one is made.
 */
export class Sessions {
  readonly #provider: Provider;
  /** Idle ones in the order in which they became so. */
  readonly #entries = new Map<string, Entry>();
  readonly #mostIdle: number;

  constructor(provider: Provider, mostIdle = MOST_IDLE) {
    this.#provider = provider;
    this.#mostIdle = mostIdle;
  }

  /** Sessions that hold native memory. */
  get size(): number {
    return this.#entries.size;
  }

  /**
   * A session of that model; `onDevice` names the outputs that stay in a GPU's memory, where that is possible.
   *
   * @throws what ONNX Runtime threw, when it refused the model
   */
  async acquire(model: Uint8Array, onDevice: readonly string[]): Promise<SharedSession> {
    const key = createHash('sha256').update(model).digest('hex');
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      entry = { session: this.#create(model, onDevice), references: 0 };
      this.#entries.set(key, entry);
    }
    entry.references++;
    try {
      const session = await entry.session;
      return { session, release: () => this.#release(key, entry) };
    } catch (error) {
      this.#entries.delete(key);
      throw error;
    }
  }

  /** Releases every session, in use or not. */
  async dispose(): Promise<void> {
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    for (const { session } of entries) await (await session).release();
  }

  async #create(model: Uint8Array, onDevice: readonly string[]): Promise<ort.InferenceSession> {
    if (process.availableMemory() < memoryLimit() / 4) await this.#dropIdle(0);
    const options = sessionOptions(this.#provider);
    if (this.#provider.keepsOnDevice !== true) return ort.InferenceSession.create(model, options);
    const locations = Object.fromEntries(onDevice.map((output) => [output, 'gpu-buffer' as const]));
    return ort.InferenceSession.create(model, { ...options, preferredOutputLocation: locations });
  }

  async #release(key: string, entry: Entry): Promise<void> {
    entry.references--;
    if (entry.references > 0 || this.#entries.get(key) !== entry) return;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    await this.#dropIdle(this.#mostIdle);
  }

  async #dropIdle(kept: number): Promise<void> {
    const idle = [...this.#entries].filter(([, { references }]) => references === 0);
    for (const [key, { session }] of idle.slice(0, Math.max(0, idle.length - kept))) {
      this.#entries.delete(key);
      await (await session).release();
    }
  }
}
