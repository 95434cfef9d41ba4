import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Db } from '../db.ts';
import type { Hub } from '../events/hub.ts';
import { countQueues } from '../sql/demand.ts';
import { type FigureUnit, figureWords } from './figure-words.ts';

export type ServerFigure = { name: string; title: string; unit: FigureUnit; help: string; value: number };

type Value = { value: number; labels: Partial<Record<string, string | number>>; metricName?: string };

/** What is counted in one API process, and what it reads of the database when one asks. */
export class Monitor {
  readonly #registry = new Registry();
  readonly #count: () => Promise<void>;
  readonly #lapses: Counter;
  readonly #reports: Histogram;

  constructor(db: Db, hub: Hub) {
    const registers = [this.#registry];
    // With the event loop's lag, memory and processor time.
    collectDefaultMetrics({ register: this.#registry });
    const queue = new Gauge({
      name: 'studyhall_jobs_queued',
      help: 'Jobs that wait for a trainer, by the engine asked for.',
      labelNames: ['engine'],
      registers,
    });
    const leases = new Gauge({ name: 'studyhall_leases', help: 'Jobs that a trainer has.', registers });
    const trainers = new Gauge({
      name: 'studyhall_trainers',
      help: 'Trainers that are there, and those of them that take nothing new.',
      labelNames: ['state'],
      registers,
    });
    this.#count = async () => {
      const { queued, running, online, stopping } = await countQueues(db);
      queue.reset();
      for (const [engine, count] of Object.entries(queued)) queue.set({ engine }, count);
      leases.set(running);
      trainers.set({ state: 'online' }, online);
      trainers.set({ state: 'stopping' }, stopping);
    };
    const board = 'Seconds since something of the leaderboard changed, or since this process began to listen.';
    gauge('studyhall_subscribers', 'Who listens to changes in this process.', () => hub.listeners);
    gauge('studyhall_listening', '1 while changes are heard from Postgres.', () => Number(hub.connected));
    gauge('studyhall_board_age_seconds', board, () => hub.secondsSince('board'));
    this.#lapses = new Counter({ name: 'studyhall_lapses_total', help: 'Leases that this process found lapsed.', registers });
    this.#reports = new Histogram({
      name: 'studyhall_report_seconds',
      help: 'How long requests of trainers took, from their first byte to the answer.',
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    });

    function gauge(name: string, help: string, read: () => number) {
      const own: Gauge = new Gauge({ name, help, registers, collect: () => own.set(read()) });
    }
  }

  readonly contentType = Registry.PROMETHEUS_CONTENT_TYPE;

  lapsed(count: number): void {
    this.#lapses.inc(count);
  }

  /** A trainer's request was answered. */
  reported(seconds: number): void {
    this.#reports.observe(seconds);
  }

  /** Those that people look at, each with its labels. */
  async figures(): Promise<ServerFigure[]> {
    await this.#count();
    const metrics = await this.#registry.getMetricsAsJSON();
    const figures = metrics.flatMap(({ name, help, values }) =>
      values.flatMap(({ value, labels, metricName = name }: Value) => {
        const words = figureWords(metricName, labels);
        // Buckets are for programs.
        if (!words || 'le' in labels || !Number.isFinite(value)) return [];
        const said = Object.entries(labels).map(([label, text]) => `${label}="${text}"`);
        return [{ ...words, name: said.length > 0 ? `${metricName}{${said.join(',')}}` : metricName, help, value }];
      }),
    );
    return figures.toSorted((one, other) => one.place - other.place);
  }

  /** All figures in Prometheus's text form. */
  async text(): Promise<string> {
    await this.#count();
    return this.#registry.metrics();
  }
}
