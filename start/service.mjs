import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { home, root } from './place.mjs';

/** The trainer hands its runs back, then the pages, then the API with its Postgres. */
export const endingOrder = ['trainer', 'web', 'api'];

const longestPause = 30_000;
/** A service that ran this long has started; dying before, again and again, it never will. */
const startedAfter = 10_000;
const triesToStart = 4;

/** One long-lived process, started again whenever it dies; its output goes to a log file. */
export class Service {
  #child = null;
  #stopping = false;
  #failures = 0;

  /** `script` and its arguments, from the repository's root; `onChange` hears of every new process, `onGiveUp` why there is none. */
  constructor(name, command, env, { onChange, onGiveUp }) {
    Object.assign(this, { name, command, env, onChange, onGiveUp });
    this.logFile = path.join(home, 'logs', `${name}.log`);
    mkdirSync(path.dirname(this.logFile), { recursive: true });
  }

  get pid() {
    return this.#child?.pid;
  }

  start() {
    const log = openSync(this.logFile, 'a');
    const began = Date.now();
    // A group of its own: Ctrl-C reaches the starter, which ends the services in their order.
    const child = spawn(process.execPath, ['--import', 'tsx', ...this.command], {
      cwd: root,
      env: { ...process.env, ...this.env, STUDYHALL_HOME: home },
      stdio: ['ignore', log, log],
      detached: true,
    });
    closeSync(log);
    this.#child = child;
    this.onChange();
    child.on('exit', (code, signal) => void this.#ended(began, signal ?? `exit code ${code}`));
    return this;
  }

  async #ended(began, how) {
    this.#child = null;
    if (this.#stopping) return;
    this.#failures = Date.now() - began > startedAfter ? 1 : this.#failures + 1;
    if (this.#failures >= triesToStart) {
      this.onGiveUp(`The ${this.name} does not start (${how}). It said:\n${this.lastLines()}\nAll of it: ${this.logFile}`);
      return;
    }
    const pause = Math.min(500 * 2 ** this.#failures, longestPause);
    console.log(`The ${this.name} ended (${how}); it starts again in ${pause / 1000} s. Log: ${this.logFile}`);
    await delay(pause);
    if (!this.#stopping) this.start();
  }

  lastLines(count = 15) {
    return readFileSync(this.logFile, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
  }

  /** Asks it to end and waits; by force after `patience` milliseconds. */
  async stop(patience) {
    this.#stopping = true;
    const child = this.#child;
    if (!child) return;
    const force = setTimeout(() => child.kill('SIGKILL'), patience);
    child.kill('SIGTERM');
    await once(child, 'exit');
    clearTimeout(force);
  }

  kill() {
    this.#stopping = true;
    this.#child?.kill('SIGKILL');
  }
}

/** Resolves once the address answers 200. */
export async function untilHealthy(url, signal) {
  for (;;) {
    signal.throwIfAborted();
    const answer = await fetch(url, { signal: AbortSignal.timeout(5000) }).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await delay(50);
  }
}
