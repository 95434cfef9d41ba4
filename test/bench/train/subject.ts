import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { endWith } from '../../ending.ts';

export type Built = { readonly engine: string; readonly parameters: number; readonly compileMs: number };
export type Measured = { readonly ms: readonly number[]; readonly peakMegabytes: number };

/** A process that trains one row and takes orders by lines of JSON: the trainer's or PyTorch's. */
export class Subject {
  readonly name: string;
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  #complaint = '';

  constructor(name: string, command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
    this.name = name;
    this.#process = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], env });
    this.#process.once(
      'exit',
      endWith(() => this.#process.kill('SIGKILL')),
    );
    this.#process.stderr?.on('data', (chunk: Buffer) => {
      this.#complaint = `${this.#complaint}${chunk.toString()}`.slice(-2000);
    });
    this.#process.on('error', (error) => {
      this.#complaint = error.message;
    });
    this.#lines = createInterface({ input: this.#process.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
  }

  built(): Promise<Built> {
    return this.#answer<Built>();
  }

  measure(order: { readonly steps: number } | { readonly evaluations: number }): Promise<Measured> {
    this.#process.stdin?.write(`${JSON.stringify(order)}\n`);
    return this.#answer<Measured>();
  }

  /** Ends the process and waits for it. */
  async end(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.stdin?.end();
    await ended;
  }

  /** Ends it at once, whatever it does; what is awaited of it fails. */
  kill(): void {
    this.#process.kill('SIGKILL');
  }

  async #answer<T>(): Promise<T> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`${this.name} ended: ${this.#complaint.trim() || 'no reason given'}`);
    const message = JSON.parse(value) as T & { error?: string };
    if (message.error !== undefined) throw new Error(`${this.name}: ${message.error}`);
    return message;
  }
}
