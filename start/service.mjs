import { spawn } from 'node:child_process';
import { appendFileSync, closeSync, fstatSync, mkdirSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { environmentFor } from './children.mjs';
import { home, root } from './place.mjs';
import { reasonIn } from './reason.mjs';

/** The trainer hands its runs back, then the pages, then the API with its Postgres. */
export const endingOrder = ['trainer', 'web', 'api'];

const longestPauseMs = 300_000;
/** From so many failures in a row on, it is said to be unable to run. */
const triesToStart = 4;
/** A run that long, and much longer than the pause before it, makes up for earlier failures. */
const wellAfterMs = 60_000;
/** What is read of its log to find out why it ended. */
const lastBytes = 64 * 1024;

/**
 * Milliseconds to wait before the next start: doubling with every failure in a row, however long the service took to fail.
 *
 * @param {number} failures from 1
 */
export function pauseAfter(failures, firstMs = 1000) {
  return Math.min(firstMs * 2 ** (failures - 1), longestPauseMs);
}

/**
 * One long-lived process, started again whenever it ends, ever later if it keeps ending. One that cannot run ends nothing else: it is named,
 * with its reason, and tried again. Its output goes to a log file.
 */
export class Service {
  #child = null;
  #gone = Promise.resolve();
  #stopping = false;
  #hurried = false;
  #failures = 0;
  #told = '';

  /** `command`: what Node is given, from the repository's root; `onChange` hears of every new process, `tell` what people should know. */
  constructor(name, command, env, { onChange, tell, firstPauseMs }) {
    Object.assign(this, { name, command, env, onChange, tell, firstPauseMs });
    this.logFile = path.join(home, 'logs', `${name}.log`);
  }

  get pid() {
    return this.#child?.pid;
  }

  start() {
    const began = Date.now();
    this.#gone = new Promise((resolve) => {
      const ended = (how, from) => {
        this.#child = null;
        resolve();
        if (!this.#stopping) void this.#again(Date.now() - began, how, from);
      };
      try {
        this.#spawn(ended);
      } catch (error) {
        ended(error.message, null);
      }
    });
    this.onChange();
    return this;
  }

  #spawn(ended) {
    mkdirSync(path.dirname(this.logFile), { recursive: true });
    const log = openSync(this.logFile, 'a');
    try {
      const from = fstatSync(log).size;
      const child = spawn(process.execPath, this.command, {
        cwd: root,
        env: environmentFor(this.env),
        // Standard input stays open for as long as this process lives: by its end the service knows that the starter is gone.
        stdio: ['pipe', log, log],
        // A group of its own: Ctrl-C reaches the starter, which ends the services in their order.
        detached: true,
      });
      this.#child = child;
      child.stdin?.on('error', () => undefined);
      child.once('error', (error) => child.pid === undefined && ended(error.message, null));
      child.once('exit', (code, signal) => ended(signal ?? `exit code ${code}`, from));
    } finally {
      closeSync(log);
    }
  }

  /** Starts it again after a while. */
  async #again(ranMs, how, from) {
    if (ranMs > Math.max(wellAfterMs, 10 * pauseAfter(this.#failures, this.firstPauseMs))) this.#failures = 0;
    this.#failures += 1;
    const pause = pauseAfter(this.#failures, this.firstPauseMs);
    const reason = from === null ? '' : reasonIn(this.#printedSince(from), { bySignal: how.startsWith('SIG') });
    const why = `${how}${reason ? `: ${reason}` : ''}`;
    const again = `it is tried again in ${pause / 1000} s. Log: ${this.logFile}`;
    if (this.#failures < triesToStart)
      this.#note(`The ${this.name} ended (${why}); it starts again in ${pause / 1000} s. Log: ${this.logFile}`);
    // The longest pause for the same reason need not be said every time.
    else if (`${why} ${pause}` !== this.#told) this.#note(`The ${this.name} cannot run (${why}). The rest serves on; ${again}`);
    this.#told = `${why} ${pause}`;
    await delay(pause);
    if (!this.#stopping) this.start();
  }

  /** For the terminal, and for whoever reads the log. */
  #note(line) {
    this.tell(line);
    try {
      appendFileSync(this.logFile, `${new Date().toISOString()} ${line}\n`);
    } catch {
      // A full disk: the terminal has it.
    }
  }

  /** The last of what it printed after that place in its log. */
  #printedSince(from) {
    try {
      const log = openSync(this.logFile, 'r');
      try {
        const { size } = fstatSync(log);
        const start = Math.max(from, size - lastBytes);
        const bytes = Buffer.alloc(Math.max(0, size - start));
        return bytes.toString('utf8', 0, readSync(log, bytes, 0, bytes.length, start));
      } finally {
        closeSync(log);
      }
    } catch {
      return '';
    }
  }

  /** Asks it to end and waits; by force after `patience` milliseconds. */
  async stop(patience) {
    this.#stopping = true;
    const child = this.#child;
    if (!child) return;
    child.kill('SIGTERM');
    if (this.#hurried) child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), this.#hurried ? Math.min(patience, 10_000) : patience);
    await this.#gone;
    clearTimeout(force);
  }

  /** Asks a second time, which means at once; by force where nothing is lost by that. */
  hurry(byForce) {
    this.#stopping = true;
    this.#hurried = true;
    this.#child?.kill(byForce ? 'SIGKILL' : 'SIGTERM');
  }

  kill() {
    this.#stopping = true;
    this.#child?.kill('SIGKILL');
  }
}
