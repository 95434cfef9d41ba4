import { written } from '@studyhall/contract/settings/written.ts';
import { labelOf } from '@studyhall/contract/spec/label/label.ts';
import { methodNameOf } from '@studyhall/contract/spec/method.ts';
import type { NetworkSettings } from '@studyhall/contract/spec/run-spec.ts';
import { trainSamplesUsed } from '@studyhall/contract/spec/samples.ts';
import { trainedTeachers } from '@studyhall/contract/spec/teachers.ts';
import { checkTags, readTags } from '@studyhall/contract/tags/tags.ts';
import type { Reference } from '../analyses/kept-questions.ts';
import { readQuestions } from '../analyses/questions-of-runs.ts';
import type { Tx } from '../db.ts';
import { badInput, badSpec, notFound } from '../errors.ts';
import { announce } from '../events/topics.ts';
import type { EngineChoice, NetworkRole } from '../generated/prisma/client.ts';
import { newId } from '../ids.ts';
import { holdJobsStill } from '../sql/lease.ts';
import { cohortTwinKey, groupKey, markOf, twinKey } from './group-key.ts';
import { ensureModels } from './models.ts';
import { type Prepared, prepareSpec } from './prepare.ts';

export type Schedule = {
  experimentId?: string | null | undefined;
  spec: unknown;
  seeds: readonly number[];
  priority: number;
  execution: { engine: EngineChoice; checkpointEvery: number; maxFailures: number };
  note: string;
  tags: readonly string[];
  /** Asked of its students once a run has succeeded. */
  questions?: readonly unknown[];
  /** What those of them that need it hold a run's networks against. */
  reference?: Reference;
};

/**
 * Stores one run and its job per seed: QUEUED, or BLOCKED until all its teachers have succeeded.
 *
 * @param createdBy name of the person who asks.
 * @returns the runs' ids, in the order of the seeds.
 * @throws BAD_SPEC with all problems, BAD_INPUT, NOT_FOUND: then nothing is stored.
 */
export async function scheduleRuns(tx: Tx, schedule: Schedule, createdBy: string): Promise<string[]> {
  const { seeds, execution, priority } = schedule;
  if (schedule.experimentId) await checkExperiment(tx, schedule.experimentId);
  const tags = cleanTags(schedule.tags);
  checkNote(schedule.note);
  const { problems, prepared } = await prepareSpec(tx, schedule.spec, seeds);
  if (!prepared) throw badSpec(problems);
  const { spec, dataset, teachers } = prepared;
  const questions = readQuestions(schedule.questions ?? [], spec.networks.length, schedule.reference);

  const data = { hash: dataset.hash, firstView: prepared.firstView };
  const cohort = describeCohort(prepared);
  const models = await ensureModels(tx, [...new Set(cohort.map(({ model }) => model))]);
  const key = groupKey(spec, data);
  // The teachers' specs are the same at every seed: a teacher is one network of one run, or of one group.
  const label = labelOf(spec, { firstView: prepared.firstView, mark: markOf(key), earlier: teachers.get(seeds[0] ?? 0) ?? [] });
  const runs = seeds.map((seed) => ({
    id: newId('Run'),
    experimentId: schedule.experimentId ?? null,
    datasetId: dataset.id,
    method: methodNameOf(spec),
    label,
    spec: spec as object,
    seed,
    groupKey: key,
    cohortTwinKey: spec.networks.length > 1 ? cohortTwinKey(spec, data) : null,
    execution,
    note: schedule.note,
    tags,
    createdBy,
    questions: questions as object[],
    epochs: spec.training.epochs,
    teacherEpochs: trainedTeachers(spec)[0]?.epochs ?? null,
    trainSamples: trainSamplesUsed(spec.data, dataset.trainSize),
  }));
  await lockTeachers(tx, prepared);
  await tx.run.createMany({ data: runs });
  await tx.network.createMany({
    data: runs.flatMap(({ id }) =>
      cohort.map(({ model, ...network }) => ({ id: newId('Network'), runId: id, modelId: models.get(model) ?? '', ...network })),
    ),
  });
  const taughtBy = (seed: number) => teachers.get(seed) ?? [];
  await tx.runTeacher.createMany({
    data: runs.flatMap(({ id, seed }) =>
      taughtBy(seed).map(({ position, runId, network }) => ({ runId: id, position, teacherRunId: runId, network })),
    ),
  });
  const unfinished = await unfinishedTeachers(tx, prepared);
  await tx.job.createMany({
    data: runs.map(({ id, seed }) => ({
      id: newId('Job'),
      runId: id,
      state: taughtBy(seed).some(({ runId }) => unfinished.has(runId)) ? ('BLOCKED' as const) : ('QUEUED' as const),
      priority,
      datasetId: dataset.id,
      engine: execution.engine,
      maxFailures: execution.maxFailures,
      payload: { checkpointEvery: execution.checkpointEvery },
    })),
  });
  await announce(tx, [...runs.map(({ id }) => ['run', id] as const), ['work', dataset.id], ['leaderboard', dataset.id]]);
  return runs.map(({ id }) => id);
}

type Member = { index: number; role: NetworkRole; model: string; view: string; twinKey: string | null };

/** The cohort's networks and, after them, the teachers trained within the run. */
function describeCohort({ spec, dataset, firstView }: Prepared): Member[] {
  const role: NetworkRole = spec.method.mutual ? 'PEER' : 'STUDENT';
  const member = ({ model, view }: NetworkSettings, index: number): Member => ({
    index,
    role,
    model,
    view: view ?? firstView,
    twinKey: twinKey(spec, { hash: dataset.hash, firstView }, index),
  });
  const members = spec.networks.map(member);
  const taught = trainedTeachers(spec).map(({ network }, place): Member => {
    return { ...member(network, members.length + place), role: 'TEACHER', twinKey: null };
  });
  return [...members, ...taught];
}

const teacherIds = ({ teachers }: Prepared) => [...new Set([...teachers.values()].flat().map(({ runId }) => runId))];

/** Teachers cannot end while their students are being stored, so that none is left waiting for what is over. */
async function lockTeachers(tx: Tx, prepared: Prepared): Promise<void> {
  await holdJobsStill(tx, teacherIds(prepared));
}

async function unfinishedTeachers(tx: Tx, prepared: Prepared): Promise<Set<string>> {
  const where = { runId: { in: teacherIds(prepared) }, state: { not: 'SUCCEEDED' as const } };
  const jobs = await tx.job.findMany({ where, select: { runId: true, state: true } });
  for (const { runId, state } of jobs)
    if (state === 'FAILED' || state === 'CANCELLED') throw badInput(`A teacher, run ${runId}, has just ended without success.`);
  return new Set(jobs.flatMap(({ runId }) => runId ?? []));
}

/** @throws NOT_FOUND, or BAD_INPUT for one that is archived. */
export async function checkExperiment(tx: Tx, id: string): Promise<void> {
  const experiment = await tx.experiment.findUnique({ where: { id } });
  if (!experiment) throw notFound('experiment', id);
  if (experiment.archivedAt) throw badInput(`Experiment "${experiment.title}" is archived; bring it back before adding runs.`);
}

/** @throws BAD_INPUT: at most 10,000 characters. */
export function checkNote(note: string): void {
  if (note.length > 10_000) throw badInput(`note has ${written(note.length)} characters; at most 10,000.`);
}

/** @throws BAD_INPUT: too many, or too long a one. */
export function cleanTags(tags: readonly string[]): string[] {
  const clean = readTags(tags);
  const problem = checkTags(clean);
  if (problem) throw badInput(`tags ${problem}`);
  return clean;
}
