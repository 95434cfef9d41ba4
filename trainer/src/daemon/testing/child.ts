/** A child process that behaves as its job's spec says: real processes for the tests of those who watch them. */
import { writeSync } from 'node:fs';
import { alive, whileWatched } from '../../alive.ts';
import { ChildChannel } from '../child-channel.ts';
import { commitOf } from './reports.ts';

const channel = new ChildChannel({
  start: ({ job }) => void behaviours[String((job as { spec: unknown }).spec)]?.(),
  stop: () => void channel.report({ type: 'stopped' }).then(() => process.exit(0)),
});

const progress = { phase: 'cohort', epoch: 1, epochs: 2, step: 1, steps: 9, loss: 1, imagesPerSecond: 1 } as const;

/** Keeps this process from hearing anything, as native code does, but takes no processor's time. */
const block = (milliseconds?: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);

/** In batches that keep the process from hearing anything. */
const work = (milliseconds: number): Promise<void> =>
  whileWatched(channel.alive, async () => {
    for (const until = performance.now() + milliseconds; performance.now() < until; ) {
      block(100);
      alive();
    }
  });

const behaviours: Record<string, () => Promise<void> | void> = {
  async finish() {
    const { kind: _, checkpoint, ...part } = commitOf([1]);
    await channel.report({ type: 'part', part, checkpoint });
    await channel.report({ type: 'finished', result: { artifacts: [] } });
    process.exit(0);
  },
  abort() {
    process.stderr.write('terminate called after throwing an instance of std::bad_alloc\n', () => process.abort());
  },
  throw() {
    throw new Error('a fault of its own');
  },
  stall() {
    setInterval(() => undefined, 1000);
  },
  /** Says nothing but that it works, for longer than it may be silent. */
  async workOn() {
    await work(4000);
    await channel.report({ type: 'finished', result: { artifacts: [] } });
    process.exit(0);
  },
  async workThenHang() {
    await work(500);
    block();
  },
  untilStopped() {
    channel.send({ type: 'progress', progress });
    setInterval(() => channel.send({ type: 'progress', progress }), 20);
  },
  /** Never says goodbye, and tells its process id by its log. */
  hold() {
    channel.send({ type: 'log', level: 'INFO', text: String(process.pid) });
    setInterval(() => undefined, 1000);
    process.on('exit', () => writeSync(2, 'the channel is closed\n'));
  },
};
