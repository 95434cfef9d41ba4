import type { Tx } from '../db.ts';
import type { Problem } from '../errors.ts';
import type { RunSpec } from './spec.ts';

/** The earlier run that teaches a student of one seed. */
export type Teacher = { runId: string; network: number; succeeded: boolean };

export type TeacherSearch = { teachers: Map<number, Teacher>; problems: Problem[] };

/**
 * Finds, for each seed, the earlier run that teaches: the one named, or of the named group the one with the student's seed.
 *
 * Refused are runs of other data, that failed, that lack the network, or that may have trained on what validates or tests the student.
 */
export async function findTeachers(tx: Tx, spec: RunSpec, datasetId: string, seeds: readonly number[]): Promise<TeacherSearch> {
  const search: TeacherSearch = { teachers: new Map(), problems: [] };
  const teacher = spec.method.distillation?.teacher;
  if (teacher?.run) {
    const { runId, network } = teacher.run;
    const path = 'method.distillation.teacher.run';
    const run = await tx.run.findUnique({ where: { id: runId }, include: teacherFacts });
    if (!run) search.problems.push({ path: `${path}.runId`, message: `There is no run "${runId}".` });
    else {
      search.problems.push(...checkTeacher(run, network, spec, datasetId, path, 'runId'));
      for (const seed of seeds) search.teachers.set(seed, { runId, network, succeeded: run.job?.state === 'SUCCEEDED' });
    }
  }
  if (teacher?.group) await findInGroup(tx, spec, datasetId, seeds, teacher.group, search);
  return search;
}

async function findInGroup(
  tx: Tx,
  spec: RunSpec,
  datasetId: string,
  seeds: readonly number[],
  { groupKey, network }: { groupKey: string; network: number },
  { teachers, problems }: TeacherSearch,
): Promise<void> {
  const path = 'method.distillation.teacher.group';
  const runs = await tx.run.findMany({ where: { groupKey }, include: teacherFacts, orderBy: { createdAt: 'desc' } });
  if (runs.length === 0) {
    problems.push({ path: `${path}.groupKey`, message: `There is no run of group "${groupKey}".` });
    return;
  }
  const known = [...new Set(runs.map(({ seed }) => seed))].sort((a, b) => a - b).join(', ');
  for (const seed of seeds) {
    const ofSeed = runs.filter((run) => run.seed === seed);
    const run = best(ofSeed);
    if (!run) {
      problems.push({ path: `${path}.groupKey`, message: `The group has no run with seed ${seed}; it has the seeds ${known}.` });
      continue;
    }
    for (const problem of checkTeacher(run, network, spec, datasetId, path, 'groupKey'))
      if (!problems.some(({ path: other, message }) => other === problem.path && message === problem.message)) problems.push(problem);
    teachers.set(seed, { runId: run.id, network, succeeded: run.job?.state === 'SUCCEEDED' });
  }
}

const teacherFacts = { job: true, networks: true, dataset: true } as const;

type TeacherRun = {
  id: string;
  seed: number;
  spec: unknown;
  datasetId: string;
  dataset: { name: string };
  job: { state: string } | null;
  networks: { index: number }[];
};

/** Of several runs with one seed: one that has succeeded, else one that still may. */
function best<Run extends TeacherRun>(runs: readonly Run[]): Run | undefined {
  const lost = ['FAILED', 'CANCELLED'];
  return runs.find(({ job }) => job?.state === 'SUCCEEDED') ?? runs.find(({ job }) => !lost.includes(job?.state ?? '')) ?? runs[0];
}

function checkTeacher(run: TeacherRun, network: number, spec: RunSpec, datasetId: string, path: string, key: string): Problem[] {
  const problems: Problem[] = [];
  const state = run.job?.state ?? 'FAILED';
  if (run.datasetId !== datasetId)
    problems.push({
      path: `${path}.${key}`,
      message: `Run ${run.id} was trained on ${run.dataset.name} (or on other bytes under that name); a teacher needs the student's dataset, ${spec.dataset}.`,
    });
  if (state === 'FAILED' || state === 'CANCELLED')
    problems.push({
      path: `${path}.${key}`,
      message: `Run ${run.id} (seed ${run.seed}) ${state === 'FAILED' ? 'failed' : 'was cancelled'}: retry it first, or name another.`,
    });
  if (!run.networks.some(({ index }) => index === network)) {
    const indices = run.networks.map(({ index }) => index).sort((a, b) => a - b);
    problems.push({ path: `${path}.network`, message: `is ${network}; run ${run.id} has the networks ${indices.join(', ')}.` });
  }
  const theirs = (run.spec as RunSpec).data;
  const { validationFraction, splitSeed } = spec.data;
  const same = theirs.validationFraction === validationFraction && theirs.splitSeed === splitSeed;
  if (run.datasetId === datasetId && !same)
    problems.push({
      path: 'data',
      message:
        `splits with validationFraction ${validationFraction}, splitSeed ${splitSeed}; the teacher, run ${run.id}, was trained with ` +
        `${theirs.validationFraction} and ${theirs.splitSeed}, so it may have seen what validates the student. Use the same two values.`,
    });
  return problems;
}
