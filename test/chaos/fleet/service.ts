import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';
import { programOf } from '../../../start/machine/program.mjs';
import { endWith } from '../../ending.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

let build: string | undefined;

/** Outside the tests, which have their own: the build that the programs run from. */
export function runBuild(version: string): void {
  build = version;
}

/** A program of the house in a process of its own. */
export class Service {
  readonly #child: ChildProcess;
  #output = '';

  constructor(entry: string, args: string[], env: Record<string, string>) {
    const { file, execArgv } = programOf(entry, build ?? inject('programs'));
    this.#child = spawn(process.execPath, [...execArgv, file, ...args], {
      cwd: root,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child.once(
      'exit',
      endWith(() => this.end('SIGKILL')),
    );
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
      });
    }
  }

  /** Everything it has written so far. */
  get output(): string {
    return this.#output;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Waits until it has ended by itself; its exit code. */
  async ended(): Promise<number | null> {
    if (this.running) await once(this.#child, 'exit');
    return this.#child.exitCode;
  }

  /** Sends a signal and waits for the end; its exit code, or null if the signal ended it. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.running) {
      const ended = this.ended();
      this.#child.kill(signal);
      await ended;
    }
    return this.#child.exitCode;
  }
}
