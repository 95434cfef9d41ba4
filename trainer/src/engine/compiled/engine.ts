import { createRequire } from 'node:module';
import type { Engine, EngineState, Fingerprint, Program, Signature, StateEntries, StepFunction } from '../engine.ts';
import { EngineError } from '../engine-error.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { gibibytes, memoryLimit } from '../memory-limit.ts';
import { compiledName, type ProviderName } from '../names.ts';
import { Download } from './download.ts';
import { NEED_LESS } from './native-failure.ts';
import { CompiledProgram } from './program.ts';
import { type Provider, startProvider } from './provider.ts';
import { Sessions } from './sessions.ts';
import { CompiledState } from './state.ts';
import { traceStep } from './trace-step.ts';

const { version } = createRequire(import.meta.url)('onnxruntime-node/package.json') as { version: string };

/** A provider with what its numbers may depend on. */
const providerOf = ({ name, block, stepsPerCall = 1 }: Provider): string =>
  [name, ...(block > 1 ? [`blocks of ${block}`] : []), ...(stepsPerCall > 1 ? [`${stepsPerCall} steps a call`] : [])].join(', ');

/** Traces step functions into ONNX graphs and runs those with ONNX Runtime. */
export class CompiledEngine implements Engine {
  readonly name: string;
  readonly fingerprint: Fingerprint;
  readonly #provider: Provider;
  readonly #download: Download;
  readonly #sessions: Sessions;
  readonly #memory: number;
  readonly #programs = new Set<CompiledProgram>();

  /**
   * @param provider one that started
   * @param memory bytes that a step may take on the CPU; a GPU's own memory is not known beforehand
   */
  constructor(provider: Provider, memory = memoryLimit()) {
    this.#provider = provider;
    this.#memory = provider.name === 'cpu' ? memory : Number.POSITIVE_INFINITY;
    this.#download = new Download(provider);
    this.#sessions = new Sessions(provider);
    this.name = compiledName(provider.name);
    this.fingerprint = fingerprintOf({
      engine: 'compiled',
      provider: providerOf(provider),
      threads: provider.threads,
      runtime: `onnxruntime ${version}`,
    });
  }

  /** @throws EngineError if the provider is not installed or does not start. */
  static async start(provider: ProviderName, threads: number, stepsPerCall = 1): Promise<CompiledEngine> {
    const started = await startProvider(provider, threads);
    return new CompiledEngine(stepsPerCall > 1 ? { ...started, stepsPerCall, views: false } : started);
  }

  createState(entries: StateEntries): EngineState {
    return new CompiledState(entries, this.#download);
  }

  async prepare(name: string, signature: Signature, step: StepFunction): Promise<Program> {
    const started = performance.now();
    const traced = traceStep(name, signature, step, { ...this.#provider, several: (this.#provider.stepsPerCall ?? 1) > 1 });
    if (traced.peakMemory > this.#memory) {
      throw new EngineError(
        `${name} needs at least ${gibibytes(traced.peakMemory)} of memory, and this machine has ${gibibytes(this.#memory)}: ${NEED_LESS}`,
      );
    }
    const program = await CompiledProgram.load(name, signature, traced, {
      provider: this.#provider,
      sessions: this.#sessions,
      started,
      disposed: () => this.#programs.delete(program),
    });
    this.#programs.add(program);
    return program;
  }

  /** Programs that are ready to run. */
  get programs(): number {
    return this.#programs.size;
  }

  async dispose(): Promise<void> {
    for (const program of [...this.#programs]) await program.dispose();
    await this.#sessions.dispose();
    await this.#download.dispose();
  }
}
