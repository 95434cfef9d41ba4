/** The process that trains one job for the daemon: started by `TrainingProcess`, it ends with the job. */
import { whileWatched } from '../alive.ts';
import { openEngine } from '../engine/open.ts';
import { TrainingStopped } from '../training/failure.ts';
import { CANCEL, train } from '../training/train.ts';
import { ChildChannel } from './child-channel.ts';
import { explainFailure } from './explain-failure.ts';
import type { ChildReport, ToChild } from './messages.ts';

const stop = new AbortController();
const channel = new ChildChannel({
  start: (message) => void run(message),
  stop: (reason) => stop.abort(reason === 'cancelled' ? CANCEL : reason),
});

async function run(message: Extract<ToChild, { type: 'start' }>): Promise<void> {
  await channel.report(await whileWatched(channel.alive, () => outcome(message)));
  process.exit(0);
}

async function outcome({ job, engine: engineName, threads }: Extract<ToChild, { type: 'start' }>): Promise<ChildReport> {
  try {
    const engine = await openEngine(engineName, { threads: threads ?? undefined });
    const listener = {
      log: (level: 'INFO' | 'WARN' | 'ERROR', text: string) => channel.send({ type: 'log', level, text }),
      networks: (networks, fingerprint) => channel.report({ type: 'networks', networks, fingerprint }),
      progress: (progress) => channel.send({ type: 'progress', progress }),
      epochs: (rows, cohort, checkpoint) => channel.report({ type: 'epochs', rows, cohort, checkpoint }),
    } satisfies Parameters<typeof train>[2];
    return { type: 'finished', result: await train(job, engine, listener, stop.signal) };
  } catch (error) {
    if (error instanceof TrainingStopped) return { type: 'stopped' };
    const { report, stack } = explainFailure(error, job.workDir);
    if (stack) channel.send({ type: 'log', level: 'ERROR', text: stack });
    return report;
  }
}
