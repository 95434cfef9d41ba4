import type { Problem } from '@studyhall/contract/settings/problem.ts';
import type { EarlierTeacher } from '@studyhall/contract/spec/label/label.ts';
import type { RunSpec, TeacherSettings } from '@studyhall/contract/spec/run-spec.ts';
import { teachersOf } from '@studyhall/contract/spec/teachers.ts';
import type { Tx } from '../db.ts';
import { findFirstRuns } from '../sql/counting-runs.ts';

/** An earlier run's network that teaches a student of one seed, and its place among the spec's teachers. */
export type Teacher = EarlierTeacher & { position: number; model: string; view: string };

export type TeacherSearch = { teachers: Map<number, Teacher[]>; problems: Problem[] };

/**
 * Finds, for each seed, the earlier runs that teach: those named, or of a named group the one with the student's seed.
 *
 * Refused are runs of other data, that failed, that lack the network, or that may have trained on what validates or tests the student.
 */
export async function findTeachers(tx: Tx, spec: RunSpec, datasetId: string, seeds: readonly number[]): Promise<TeacherSearch> {
  const search: TeacherSearch = { teachers: new Map(seeds.map((seed) => [seed, []])), problems: [] };
  const refuse = (problem: Problem) => {
    const known = search.problems.some(({ path, message }) => path === problem.path && message === problem.message);
    if (!known) search.problems.push(problem);
  };
  for (const { path, position, teacher } of teachersOf(spec)) {
    if (teacher.trained) continue;
    const where = teacher.run ? `${path}.run` : `${path}.group`;
    for (const { seed, run } of await runsOf(tx, teacher, seeds, where, refuse)) {
      const { network } = teacher.run ?? teacher.group ?? { network: 0 };
      for (const problem of checkTeacher(run, network, spec, datasetId, where, teacher.run ? 'runId' : 'groupKey')) refuse(problem);
      const others = search.teachers.get(seed) ?? [];
      const same = others.find((other) => other.runId === run.id && other.network === network);
      if (same)
        refuse({
          path: where,
          message: `is network ${network} of run ${run.id}, which teacher ${same.position} is already; name each once.`,
        });
      const found = run.networks.find(({ index }) => index === network);
      const { id: runId, label } = run;
      const named = { model: found?.model.name ?? '', view: found?.view ?? '' };
      others.push({ position, runId, network, label, spec: run.spec as RunSpec, ...named });
    }
  }
  return search;
}

type Refuse = (problem: Problem) => void;

/** The run that teaches at each seed; what is missing is refused. */
async function runsOf(
  tx: Tx,
  { run, group }: TeacherSettings,
  seeds: readonly number[],
  path: string,
  refuse: Refuse,
): Promise<{ seed: number; run: TeacherRun }[]> {
  if (run) {
    const found = await tx.run.findUnique({ where: { id: run.runId }, include: teacherFacts });
    if (!found) refuse({ path: `${path}.runId`, message: `There is no run "${run.runId}".` });
    return found ? seeds.map((seed) => ({ seed, run: found })) : [];
  }
  const groupKey = group?.groupKey ?? '';
  // Of each seed the run that counts; what was archived teaches only where nothing stands in its place.
  const first = await findFirstRuns(tx, groupKey);
  if (first.length === 0) refuse({ path: `${path}.groupKey`, message: `There is no run of group "${groupKey}".` });
  const asked = first.filter(({ seed }) => seeds.includes(seed)).map(({ run_id }) => run_id);
  const runs = await tx.run.findMany({ where: { id: { in: asked } }, include: teacherFacts });
  const known = first.map(({ seed }) => seed).join(', ');
  return seeds.flatMap((seed) => {
    const found = runs.find((run) => run.seed === seed);
    if (!found && first.length > 0)
      refuse({ path: `${path}.groupKey`, message: `The group has no run with seed ${seed}; it has the seeds ${known}.` });
    return found ? [{ seed, run: found }] : [];
  });
}

const teacherFacts = { job: true, networks: { include: { model: true } }, dataset: true } as const;

type TeacherRun = {
  id: string;
  seed: number;
  label: string;
  spec: unknown;
  datasetId: string;
  dataset: { name: string };
  job: { state: string } | null;
  networks: { index: number; view: string; model: { name: string } }[];
};

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
  // Of one split seed, what validates by a smaller part validates by a larger one, too.
  const apart = theirs.splitSeed === splitSeed && theirs.validationFraction >= validationFraction;
  if (run.datasetId === datasetId && validationFraction > 0 && !apart)
    problems.push({
      path: 'data',
      message:
        `splits with validationFraction ${validationFraction}, splitSeed ${splitSeed}; the teacher, run ${run.id}, was trained with ` +
        `${theirs.validationFraction} and ${theirs.splitSeed}, so it may have seen what validates the student. Use the same two values.`,
    });
  return problems;
}
