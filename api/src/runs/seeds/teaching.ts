import type { RunSpec } from '@studyhall/contract/spec/run-spec.ts';
import { teachersOf } from '@studyhall/contract/spec/teachers.ts';
import type { Tx } from '../../db.ts';
import { badInput } from '../../errors.ts';
import { findTeacherSide, type Side } from './side.ts';

/** The groups whose run with the student's seed teaches in this one. */
export const teachingKeys = ({ spec }: Side): string[] =>
  teachersOf(spec as RunSpec).flatMap(({ teacher }) => (teacher.group ? [teacher.group.groupKey] : []));

/**
 * These sides with the groups that teach in them at their own seed, and that teach in those; teachers stand before their students.
 *
 * @throws BAD_INPUT where a teacher is gone.
 */
export async function withTeachers(tx: Tx, sides: readonly Side[]): Promise<Side[]> {
  const known = new Map(sides.map((side) => [side.groupKey, side]));
  const ordered = new Set<Side>();
  const visit = async (side: Side): Promise<void> => {
    if (ordered.has(side)) return;
    await checkTeachingRuns(tx, side);
    for (const key of teachingKeys(side)) {
      const teacher = known.get(key) ?? (await teacherOf(tx, side, key));
      known.set(key, teacher);
      await visit(teacher);
    }
    ordered.add(side);
  };
  for (const side of sides) await visit(side);
  return [...ordered];
}

async function teacherOf(tx: Tx, side: Side, key: string): Promise<Side> {
  const found = await findTeacherSide(tx, key);
  if (!found)
    throw badInput(
      `"${side.label}" learns from a group that has no runs any more (or archived ones alone): bring one back, or clone one of its runs and name another teacher.`,
    );
  return found;
}

/** Those that teach at every seed, by their ids. */
async function checkTeachingRuns(tx: Tx, side: Side): Promise<void> {
  for (const { teacher } of teachersOf(side.spec as RunSpec)) {
    if (!teacher.run) continue;
    const { runId } = teacher.run;
    const run = await tx.run.findUnique({ where: { id: runId }, select: { label: true, seed: true, job: { select: { state: true } } } });
    if (!run)
      throw badInput(`"${side.label}" learns from run ${runId}, which has been deleted: clone one of its runs and name another teacher.`);
    if (run.job?.state === 'FAILED' || run.job?.state === 'CANCELLED')
      throw badInput(
        `"${side.label}" learns from run ${runId} (${run.label}, seed ${run.seed}), which has not succeeded: retry that one first.`,
      );
  }
}
