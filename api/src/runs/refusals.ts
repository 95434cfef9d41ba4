import type { Tx } from '../db.ts';

/** What decides whether something may be done to a run. */
export type ControlledRun = Awaited<ReturnType<typeof readControlled>>[number];

/** Runs with what they learn from and who learns from them. */
export const readControlled = (tx: Tx, ids: readonly string[]) =>
  tx.run.findMany({
    where: { id: { in: [...ids] } },
    include: {
      job: true,
      teachers: { include: { teacherRun: { include: { job: true } } }, orderBy: { position: 'asc' } },
      students: { include: { run: { include: { job: true } } } },
    },
  });

type Job = { state: string } | null | undefined;

/** Whether a run's job waits or runs. */
export const isLive = (job: Job): boolean => job != null && ['BLOCKED', 'QUEUED', 'RUNNING'].includes(job.state);

/** Whether it ended without success. */
export const hasLost = (job: Job): boolean => job?.state === 'FAILED' || job?.state === 'CANCELLED';

/** Why a failed or cancelled run cannot be retried together with these; null if it can. */
export function whyNotRetry({ id, teachers }: ControlledRun, together: ReadonlySet<string>): string | null {
  if (teachers.some(({ teacherRun }) => !teacherRun))
    return `Run ${id} learned from a run that has been deleted: clone it and name another teacher.`;
  const lost = teachers.find(({ teacherRun }) => hasLost(teacherRun?.job) && !together.has(teacherRun?.id ?? ''));
  return lost
    ? `Run ${id} learns from run ${lost.teacherRunId}, which has not succeeded: retry that one, this one is revived with it.`
    : null;
}

/** Why a run cannot be archived; null if it can. */
export function whyNotArchive({ id, job }: Pick<ControlledRun, 'id' | 'job'>): string | null {
  return isLive(job) ? `Run ${id} has not ended; cancel it before archiving.` : null;
}

/** Why a run cannot be deleted; null if it can. */
export function whyNotDelete({ id, archivedAt, students }: Pick<ControlledRun, 'id' | 'archivedAt' | 'students'>): string | null {
  if (!archivedAt) return `Run ${id} is not archived; only archived runs are deleted.`;
  const student = students.find(({ run: { job } }) => isLive(job));
  return student ? `Run ${student.runId} still needs run ${id} as its teacher.` : null;
}
