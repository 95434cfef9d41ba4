import { type EarlierTeacher, labelOf } from '@studyhall/contract/spec/label/label.ts';
import { readSpec } from '@studyhall/contract/spec/read-spec.ts';
import type { RunSpec } from '@studyhall/contract/spec/run-spec.ts';
import { teachersOf } from '@studyhall/contract/spec/teachers.ts';
import { type Db, type Tx, transact } from '../db.ts';
import { announce } from '../events/topics.ts';
import { markOf } from './group-key.ts';

/** The rule of `labelOf`. Raised with it: in a migration, which sets the column's default, and here. */
const labelRule = 2;

/** Groups in one transaction: whoever ends a run of one of them waits that long. */
const groupsAtOnce = 50;

/**
 * Makes the labels of runs anew that were made by an earlier rule, those scheduled first first: a label may name that of a teacher.
 *
 * @param ending stops it between two transactions; what is left is done at the next start.
 * @returns how many groups got another label.
 */
export async function renewLabels(db: Db, ending?: AbortSignal): Promise<number> {
  let renewed = 0;
  while (!ending?.aborted) {
    const count = await transact(db, async (tx) => {
      const old = await tx.run.groupBy({
        by: ['groupKey'],
        where: { labelRule: { lt: labelRule } },
        orderBy: { _min: { id: 'asc' } },
        take: groupsAtOnce,
      });
      for (const { groupKey } of old) if (await renew(tx, groupKey)) renewed++;
      return old.length;
    });
    if (count === 0) break;
  }
  if (renewed > 0) await announce(db, [['leaderboard', 'all']]);
  return renewed;
}

/** @returns whether it has another label now. */
async function renew(tx: Tx, groupKey: string): Promise<boolean> {
  const teachers = { include: { teacherRun: true }, orderBy: { position: 'asc' as const } };
  const run = await tx.run.findFirstOrThrow({ where: { groupKey }, include: { dataset: true, teachers } });
  const spec = readSpec(run.spec).spec;
  const earlier = run.teachers.flatMap(({ network, teacherRun }): EarlierTeacher[] => {
    const own = teacherRun && readSpec(teacherRun.spec).spec;
    return own ? [{ runId: teacherRun.id, network, label: teacherRun.label, spec: own }] : [];
  });
  const label =
    spec && earlier.length === wantedOf(spec)
      ? labelOf(spec, { firstView: (run.dataset.views as { name: string }[])[0]?.name ?? '', mark: markOf(groupKey), earlier })
      : // Its teacher was deleted: what it was called, and what tells it from its namesakes.
        `${run.label} · #${markOf(groupKey)}`;
  await tx.run.updateMany({ where: { groupKey }, data: { label, labelRule } });
  return label !== run.label;
}

const wantedOf = (spec: RunSpec) => teachersOf(spec).filter(({ teacher }) => !teacher.trained).length;
