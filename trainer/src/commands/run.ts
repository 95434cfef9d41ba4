import { readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { largestSeed } from '@studyhall/contract/spec/checks/check-seeds.ts';
import { onEndSignals } from '../../../start/machine/signals.mjs';
import { parseCommand, readCount, UsageError } from '../cli.ts';
import { DataError } from '../data/data-error.ts';
import { textOf } from '../data/text.ts';
import type { Engine } from '../engine/engine.ts';
import { openEngine } from '../engine/open.ts';
import { readSpec } from '../spec/read-spec.ts';
import { SpecError } from '../spec/spec-error.ts';
import { TrainingStopped } from '../training/failure.ts';
import { train } from '../training/train.ts';
import { presetNames } from './preset/deck.ts';
import { readPresetOptions } from './preset/options.ts';
import { runPreset } from './preset/run-preset.ts';
import { ConsoleReporter } from './run/console-reporter.ts';
import { whileLocked } from './run/folder-lock.ts';
import { OutputFolder } from './run/output-folder.ts';
import { teacherFiles } from './run/teacher-files.ts';

const HELP = `npm run trainer -- run SPEC.json [options]
npm run trainer -- run --preset NAME --scale tiny|small|paper [options]

Trains one spec without a server: prints its progress and writes metrics.jsonl, result.json, and each network's weights and test logits.
Stopped by Ctrl-C, it goes on from its checkpoint when called again with the same folder.

With --preset, trains all runs of one of the deck's presets in this process, teachers first, and prints what came out. Runs that lie in the
folder already, from whichever preset, are not trained again.

  --preset NAME       a preset of the deck
  --scale SCALE       tiny (minutes on two cores), small (up to an hour) or paper (the published recipe)
  --seeds N,N,…       other seeds than the preset's
  --list-presets      prints the presets' names, one a line

  --seed N            the run's seed (0)
  --out FOLDER        where results go (NAME-seed-N beside the spec; of presets STUDYHALL_HOME/deck)
  --engine NAME       the engine to train with (auto; tfjs-node and tfjs-node-gpu once they are installed)
  --threads N         CPU threads (as many as there are cores)
  --checkpoint-every N  epochs between two checkpoints (1)
  --teacher FILE      weights of an earlier run's network, for a teacher that the spec takes from a run or a group; once for each,
                      in the spec's order

  STUDYHALL_DATA      where datasets lie (data)
`;

const readJson = async (path: string): Promise<unknown> => {
  const bytes = await readFile(path).catch((error: Error) => {
    throw new UsageError(`the spec cannot be read: ${error.message}`);
  });
  try {
    return JSON.parse(textOf(path, bytes));
  } catch (error) {
    if (error instanceof DataError) throw new UsageError(error.message);
    throw new UsageError(`${path} is not JSON: ${error instanceof Error ? error.message : error}`);
  }
};

const stopOnSignals = (): { signal: AbortSignal; release(): void } => {
  const controller = new AbortController();
  const release = onEndSignals((_signal, count) => {
    if (count > 1) process.exit(130);
    process.stderr.write('stopping after this batch (again: at once)\n');
    controller.abort();
  });
  return { signal: controller.signal, release };
};

/**
 * Trains one spec, or a preset of the deck, without a server. The exit code: 0 done, 130 stopped.
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
      preset: { type: 'string' },
      scale: { type: 'string' },
      seeds: { type: 'string' },
      'list-presets': { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
    true,
  );
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  if (values['list-presets']) {
    process.stdout.write(`${presetNames().join('\n')}\n`);
    return 0;
  }
  const checkpointEvery = readCount('--checkpoint-every', values['checkpoint-every'] ?? '1', 1, 100);
  const threads = values.threads === undefined ? undefined : readCount('--threads', values.threads, 1, 256);
  const open = () => openEngine(values.engine ?? 'auto', { threads });
  if (values.preset !== undefined || values.scale !== undefined || values.seeds !== undefined) {
    const { name, preset, seeds } = readPresetOptions(values, positionals);
    const out = resolve(values.out ?? join(process.env.STUDYHALL_HOME ?? '.studyhall', 'deck'));
    const write = (line: string) => process.stdout.write(`${line}\n`);
    return untilStopped(open, async (engine, signal) => {
      await runPreset({ name, preset, seeds, out, checkpointEvery, engine, signal, write });
    });
  }
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new UsageError('give one spec: npm run trainer -- run SPEC.json');
  const seed = readCount('--seed', values.seed ?? '0', 0, largestSeed);
  const spec = await readRunnable(path);
  const folder = resolve(values.out ?? join(dirname(path), `${basename(path, '.json')}-seed-${seed}`));
  const teachers = await teacherFiles(values.teacher ?? []);
  const warn = (text: string) => process.stderr.write(`warning: ${text}\n`);
  return whileLocked(folder, warn, async () => {
    const output = await OutputFolder.open(folder, { spec, seed });
    return untilStopped(open, async (engine, signal) => {
      const reporter = new ConsoleReporter(output);
      const { checkpoint } = output;
      if (checkpoint) reporter.log('INFO', `going on from ${checkpoint.path}`);
      const result = await train({ spec, seed, checkpointEvery, checkpoint, teachers, workDir: folder }, engine, reporter, signal);
      await output.finish(result);
      reporter.result(result);
    });
  });
};

/** Lets `work` train until it is done or a signal stops it. The exit code. */
const untilStopped = async (open: () => Promise<Engine>, work: (engine: Engine, signal: AbortSignal) => Promise<void>): Promise<number> => {
  const engine = await open();
  const stop = stopOnSignals();
  try {
    await work(engine, stop.signal);
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
