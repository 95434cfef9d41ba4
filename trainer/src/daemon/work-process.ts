import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { ownProgram } from '../../../start/machine/program.mjs';
import { withLargePages } from '../engine/large-pages.ts';
import { kinds } from '../work/kinds.ts';
import type { LogLevel, Outcome, Progress } from '../work/work.ts';
import { type Exit, explainExit, lastWords } from './exit-reason.ts';
import type { ChildReport, FromChild, StopReason, ToChild } from './messages.ts';
import { StallWatch } from './stall-watch.ts';

const STDERR_KEPT = 16_384;
/** A process that was told to stop and has not after this long is killed. */
const STOP_WITHIN_MS = 30_000;

/** To load all its code a process may take this long, however short the stall limit is: that is the machine's pace, not the work's. */
const LOAD_WITHIN_MS = 60_000;

export type WorkEnd =
  | { kind: 'finished'; result: Outcome }
  | { kind: 'stopped' }
  | { kind: 'failed'; error: string; permanent: boolean; discardCheckpoint: boolean };

/** What the process says while it works. A promise that rejects ends the process. */
export type WorkEvents = {
  /** Must be on the disk when this resolves: only then the child goes on. */
  report(report: Extract<ChildReport, { type: 'part' }>): Promise<void>;
  log(level: LogLevel, text: string): Promise<void>;
  progress(progress: Progress): void;
};

/** A child process that does one job. Native code may crash, leak or be killed in it without taking the daemon along. */
export class WorkProcess {
  readonly #child: ChildProcess;
  #events: WorkEvents | null = null;
  readonly #exit: Promise<Exit>;
  /** Resolves with its first message: it has loaded. */
  readonly #loaded: Promise<unknown>;
  #end: WorkEnd | null = null;
  #broken: unknown = null;
  #watch: StallWatch | null = null;
  #stopTimer: NodeJS.Timeout | undefined;
  #stopOverdue = false;

  /** Forks `entry`, which loads and waits; `label` shows up in the system's list of processes. */
  constructor(entry: URL, label: string) {
    const { STUDYHALL_TOKEN: _, ...env } = process.env;
    const { file, execArgv } = ownProgram(entry);
    this.#child = fork(file, [label], {
      env: withLargePages(env),
      execArgv,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'advanced',
    });
    this.#exit = this.#whenExited();
    this.#loaded = new Promise((resolve) => this.#child.once('message', resolve));
    this.#child.on('message', (message: FromChild) => {
      this.#receive(message).catch((error: unknown) => {
        this.#broken ??= error;
        this.kill();
      });
    });
  }

  get alive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null && this.#child.connected;
  }

  get pid(): number | null {
    return this.#child.pid ?? null;
  }

  /**
   * Does one job until its end.
   *
   * @returns how it ended; a process that died, or gave no sign for `stallSeconds` and was killed, has failed.
   * @throws what `events.report` or `events.log` threw; the process is dead by then.
   */
  async work(start: Extract<ToChild, { type: 'start' }>, stallSeconds: number, events: WorkEvents): Promise<WorkEnd> {
    this.#events = events;
    let stalled = false;
    const watch = new StallWatch(stallSeconds, () => {
      stalled = true;
      this.kill();
    });
    this.#watch = watch;
    void watch.whileWaiting(() => Promise.race([this.#loaded, this.#exit, delay(LOAD_WITHIN_MS, undefined, { ref: false })]));
    this.#send(start);
    try {
      const exit = await this.#exit;
      if (this.#broken !== null) throw this.#broken;
      if (this.#end) return this.#end;
      if (this.#stopOverdue) return { kind: 'stopped' };
      const words = lastWords(exit.stderr);
      if (words !== '') await events.log('ERROR', words);
      const { doing } = kinds[start.kind];
      const error = stalled ? `No progress for ${stallSeconds} s: the ${doing} process was killed.` : explainExit(exit, doing);
      return { kind: 'failed', error, permanent: false, discardCheckpoint: false };
    } finally {
      watch.close();
      clearTimeout(this.#stopTimer);
    }
  }

  /** Asks it to stop after the batch under way; a process that does not is killed after a while, and counts as stopped. */
  stop(reason: StopReason): void {
    this.#send({ type: 'stop', reason });
    this.#stopTimer ??= setTimeout(() => {
      this.#stopOverdue = true;
      this.kill();
    }, STOP_WITHIN_MS);
  }

  /** Ends it at once. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }

  async exited(): Promise<void> {
    await this.#exit;
  }

  async #receive(message: FromChild): Promise<void> {
    this.#watch?.sign(message.type === 'alive' ? message.silence : 0);
    if (message.type === 'alive') return;
    if (message.type === 'progress') return this.#events?.progress(message.progress);
    if (message.type === 'log') return this.#events?.log(message.level, message.text);
    const { id, report } = message;
    if (report.type === 'part') {
      const stored = async () => this.#events?.report(report);
      await (this.#watch?.whileWaiting(stored) ?? stored());
    } else {
      this.#end = endOf(report);
    }
    this.#send({ type: 'ack', id });
  }

  #send(message: ToChild): void {
    // A child that is gone has no channel; its exit tells the rest.
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  #whenExited(): Promise<Exit> {
    let stderr = '';
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-STDERR_KEPT);
    });
    return new Promise((resolve) => {
      this.#child.on('error', (error) => resolve({ code: null, signal: null, stderr: `${stderr}\n${error.message}` }));
      this.#child.on('close', (code, signal) => resolve({ code, signal, stderr }));
    });
  }
}

function endOf(report: Exclude<ChildReport, { type: 'part' }>): WorkEnd {
  if (report.type === 'finished') return { kind: 'finished', result: report.result };
  if (report.type === 'stopped') return { kind: 'stopped' };
  return { kind: 'failed', error: report.error, permanent: report.permanent, discardCheckpoint: report.discardCheckpoint };
}
