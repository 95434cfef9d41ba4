import { readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { parseCommand, readCount, UsageError } from '../cli.ts';
import { openEngine } from '../engine/open.ts';
import { SpecError } from '../spec/problem.ts';
import { readSpec } from '../spec/read-spec.ts';
import { TrainingStopped } from '../training/failure.ts';
import { train } from '../training/train.ts';
import { ConsoleReporter } from './run/console-reporter.ts';
import { OutputFolder } from './run/output-folder.ts';
import { teacherFiles } from './run/teacher-files.ts';

const HELP = `npm run trainer -- run SPEC.json [options]

Trains one spec without a server: prints its progress and writes metrics.jsonl, result.json, and each network's weights and test logits.
Stopped by Ctrl-C, it goes on from its checkpoint when called again with the same folder.

  --seed N            the run's seed (0)
  --out FOLDER        where results go (NAME-seed-N beside the spec)
  --engine NAME       the engine to train with (auto)
  --threads N         CPU threads (as many as there are cores)
  --checkpoint-every N  epochs between two checkpoints (1)
  --teacher FILE      weights of an earlier run's network, for a teacher that the spec takes from a run or a group

  STUDYHALL_DATA      where datasets lie (data)
`;

const MOST_SEEDS = 2_147_483_647;

const readJson = async (path: string): Promise<unknown> => {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new UsageError(`the spec cannot be read: ${error.message}`);
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${path} is not JSON: ${error instanceof Error ? error.message : error}`);
  }
};

const stopOnSignals = (): { signal: AbortSignal; release(): void } => {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(130);
    process.stderr.write('stopping after this batch (again: at once)\n');
    controller.abort();
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  return { signal: controller.signal, release: () => process.off('SIGINT', stop).off('SIGTERM', stop) };
};

/**
 * Trains one spec without a server. The exit code: 0 done, 130 stopped.
 *
 * @throws UsageError for a spec or options that cannot be run; TrainingError when training fails.
 */
export const run = async (args: string[]): Promise<number> => {
  const { values, positionals } = parseCommand(
    args,
    {
      seed: { type: 'string' },
      out: { type: 'string' },
      engine: { type: 'string' },
      threads: { type: 'string' },
      'checkpoint-every': { type: 'string' },
      teacher: { type: 'string', multiple: true },
      help: { type: 'boolean', short: 'h' },
    },
    true,
  );
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new UsageError('give one spec: npm run trainer -- run SPEC.json');
  const seed = readCount('--seed', values.seed ?? '0', 0, MOST_SEEDS);
  const checkpointEvery = readCount('--checkpoint-every', values['checkpoint-every'] ?? '1', 1, 100);
  const threads = values.threads === undefined ? undefined : readCount('--threads', values.threads, 1, 256);
  const spec = await readRunnable(path);
  const folder = resolve(values.out ?? join(dirname(path), `${basename(path, '.json')}-seed-${seed}`));
  const teachers = await teacherFiles(values.teacher ?? []);
  const output = await OutputFolder.open(folder, spec, seed);
  const engine = await openEngine(values.engine ?? 'auto', { threads });
  const reporter = new ConsoleReporter(output);
  const stop = stopOnSignals();
  try {
    const { checkpoint } = output;
    if (checkpoint) reporter.log('INFO', `going on from ${checkpoint.path}`);
    const result = await train({ spec, seed, checkpointEvery, checkpoint, teachers, workDir: folder }, engine, reporter, stop.signal);
    await output.finish(result);
    reporter.result(result);
    return 0;
  } catch (error) {
    if (!(error instanceof TrainingStopped)) throw error;
    process.stderr.write(`${error.message}; call again to go on\n`);
    return 130;
  } finally {
    stop.release();
    await engine.dispose();
  }
};

const readRunnable = async (path: string) => {
  const json = await readJson(path);
  try {
    return readSpec(json);
  } catch (error) {
    if (error instanceof SpecError) throw new UsageError(`${path} cannot be run:\n${error.message}`);
    throw error;
  }
};
