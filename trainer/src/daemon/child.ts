/** The process that does one job for the daemon: started by `WorkProcess`, it ends with the job. */
import { whileWatched } from '../alive.ts';
import { openEngine } from '../engine/open.ts';
import { kinds } from '../work/kinds.ts';
import type { Reporter } from '../work/work.ts';
import { works } from '../work/works.ts';
import { CANCEL, WorkStopped } from '../work-failure.ts';
import { ChildChannel } from './child-channel.ts';
import { explainFailure } from './explain-failure.ts';
import type { ChildReport, ToChild } from './messages.ts';

const stop = new AbortController();
const channel = new ChildChannel({
  start: (message) => void run(message),
  stop: (reason) => stop.abort(reason === 'cancelled' ? CANCEL : reason),
});

const reporter: Reporter = {
  log: (level, text) => channel.send({ type: 'log', level, text }),
  progress: (progress) => channel.send({ type: 'progress', progress }),
  report: (part, checkpoint) => channel.report({ type: 'part', part, checkpoint }),
};

async function run(message: Extract<ToChild, { type: 'start' }>): Promise<void> {
  await channel.report(await whileWatched(channel.alive, () => outcome(message)));
  process.exit(0);
}

async function outcome({ kind, job, workDir, engine: engineName, threads }: Extract<ToChild, { type: 'start' }>): Promise<ChildReport> {
  try {
    const engine = await openEngine(engineName, { threads });
    return { type: 'finished', result: await works[kind].do(job, engine, reporter, stop.signal) };
  } catch (error) {
    if (error instanceof WorkStopped) return { type: 'stopped' };
    const { report, stack } = explainFailure(error, kinds[kind].doing, workDir);
    if (stack) channel.send({ type: 'log', level: 'ERROR', text: stack });
    return report;
  }
}
