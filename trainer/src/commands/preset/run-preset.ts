import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findDataset } from '../../data/catalogue.ts';
import { type DataFolders, dataFolders } from '../../data/folders.ts';
import type { Engine } from '../../engine/engine.ts';
import { train } from '../../training/train.ts';
import type { FinishedRun } from '../run/finished-run.ts';
import { whileLocked } from '../run/folder-lock.ts';
import { type Identity, OutputFolder } from '../run/output-folder.ts';
import { teacherFiles } from '../run/teacher-files.ts';
import type { Preset } from './deck.ts';
import { type PlannedGroup, planPreset } from './plan.ts';
import { conclusionOf, differenceOf, type PresetResults, resultTable } from './report.ts';
import { quietReporter } from './run-reporter.ts';

export type PresetRun = {
  readonly name: string;
  readonly preset: Preset;
  /** Instead of the preset's own. */
  readonly seeds: readonly number[] | null;
  readonly out: string;
  readonly checkpointEvery: number;
  readonly engine: Engine;
  readonly signal: AbortSignal;
  readonly write: (line: string) => void;
  /** Where datasets lie; absent: as the environment says. */
  readonly folders?: DataFolders;
};

/**
 * Trains a preset's runs one after the other in this process, teachers first. What lies in the folder already, from this or
 * another preset, is not trained again; what was stopped goes on from its checkpoint.
 *
 * @throws TrainingStopped once the signal is aborted; TrainingError when a run fails; DataError when its dataset is not here; UsageError
 * when what lies in the folder was trained on other content of it.
 */
export const runPreset = async (job: PresetRun): Promise<PresetResults> => {
  const { preset, write } = job;
  const planned = planPreset(preset, job.out);
  const { hash: datasetHash } = await (await findDataset(preset.dataset, job.folders ?? dataFolders())).describe();
  await mkdir(job.out, { recursive: true });
  const results = new Map<string, Map<number, FinishedRun>>(planned.map(({ group }) => [group.key, new Map()]));
  const runs = inOrder(planned, job.seeds);
  write(`${job.name}, ${preset.scale.toLowerCase()}: ${runs.length} runs on ${preset.dataset}; the preset takes ${preset.duration}`);
  for (const [place, { planned: group, seed }] of runs.entries()) {
    const began = performance.now();
    const run = { spec: group.spec, seed, datasetHash };
    const kept = await OutputFolder.finished(folderOf(group, seed), run);
    const result = kept ?? (await trainOne(job, group, run));
    results.get(group.group.key)?.set(seed, result);
    const time = kept ? 'was there already' : `${((performance.now() - began) / 1000).toFixed(1)} s`;
    write(`${String(place + 1).padStart(3)}/${runs.length}  ${group.group.title}, seed ${seed}: test ${testOf(result)}  (${time})`);
  }
  write(`\n${resultTable(preset, results)}\n`);
  for (const contrast of preset.contrasts) {
    write(differenceOf(contrast, results));
    write(`  ${conclusionOf(contrast, preset, results)}`);
  }
  await writeSummary(job, planned, results);
  return results;
};

const folderOf = ({ folder }: PlannedGroup, seed: number): string => join(folder, `seed-${seed}`);

/** Group by group, all its seeds in a row: they compile once. */
const inOrder = (planned: readonly PlannedGroup[], seeds: readonly number[] | null) =>
  planned.flatMap((one) => (seeds ?? one.group.seeds).map((seed) => ({ planned: one, seed })));

const trainOne = async (
  { checkpointEvery, engine, signal, write, folders }: PresetRun,
  planned: PlannedGroup,
  run: Identity,
): Promise<FinishedRun> => {
  const { seed } = run;
  const folder = folderOf(planned, seed);
  return whileLocked(folder, write, async () => {
    // By another process, until a moment ago.
    const done = await OutputFolder.finished(folder, run);
    if (done !== null) return done;
    const output = await OutputFolder.open(folder, run);
    const weights = planned.teachers.map((teacher) => OutputFolder.weightsOf(join(teacher.folder, `seed-${seed}`), teacher.network));
    const { checkpoint } = output;
    const job = {
      ...run,
      checkpointEvery,
      checkpoint,
      teachers: await teacherFiles(weights),
      workDir: folder,
      ...(folders && { folders }),
    };
    await output.finish(await train(job, engine, quietReporter(output, write), signal));
    const finished = await OutputFolder.finished(folder, run);
    if (finished === null) throw new Error(`${folder} holds no result`);
    return finished;
  });
};

const testOf = ({ networks, cohort }: FinishedRun): string => {
  const percent = (accuracy: number | null) => (accuracy === null ? '-' : `${(100 * accuracy).toFixed(1)} %`);
  const own = networks.map(({ testAccuracy }) => percent(testAccuracy)).join(', ');
  return cohort === null ? own : `${own}, ensemble ${percent(cohort.ensembleTestAccuracy)}`;
};

/** `NAME-SCALE.json`: which folders the results were read from, and what they were. */
const writeSummary = async ({ name, preset, out, write }: PresetRun, planned: readonly PlannedGroup[], results: PresetResults) => {
  const groups = planned.map(({ group, folder }) => ({
    key: group.key,
    title: group.title,
    folder,
    runs: [...(results.get(group.key) ?? [])].map(([seed, { networks, cohort }]) => ({ seed, networks, cohort })),
  }));
  const differences = preset.contrasts.map((contrast) => differenceOf(contrast, results));
  const conclusions = preset.contrasts.map((contrast) => conclusionOf(contrast, preset, results));
  const path = join(out, `${name}-${preset.scale.toLowerCase()}.json`);
  await writeFile(path, `${JSON.stringify({ preset: name, scale: preset.scale, groups, differences, conclusions }, null, 2)}\n`);
  write(`\nwritten to ${path}`);
};
