import { personOf } from '../access/rights.ts';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import { atOneMoment, type Prisma, type Tx, transact } from '../db.ts';
import { annotateRun, archiveRuns, cancelRuns, deleteRuns, prioritizeRuns, retryRuns } from '../runs/control.ts';
import { readExecution } from '../runs/execution.ts';
import { makeJoined, readJoined } from '../runs/experiment.ts';
import { scheduleAndAsk } from '../runs/schedule-and-ask.ts';
import { readReference } from './analysis-inputs.ts';
import { noteBounds, seen } from './note-bounds.ts';
import { ScheduleRunsInput } from './schedule-inputs.ts';

/** Does something to runs for a person, then reads them back in the order they were named. */
async function changeRuns<Selected extends Pick<Prisma.RunFindManyArgs, 'include' | 'select'>>(
  { db, caller }: Context,
  query: Selected,
  change: (tx: Tx, person: string) => Promise<readonly string[]>,
) {
  const { name: person } = personOf(caller);
  const ids = [...(await transact(db, (tx) => change(tx, person)))];
  const runs = await atOneMoment(db, (tx) => tx.run.findMany({ ...query, where: { id: { in: ids } } }));
  const byId = new Map(runs.map((run) => [run.id, run]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

const RunTexts = builder.inputType('RunTexts', {
  fields: (t) => ({ note: t.string(noteBounds), tags: t.stringList() }),
});

builder.mutationFields((t) => ({
  scheduleRuns: t.prismaField({
    authScopes: { member: true },
    type: ['Run'],
    description:
      'One run per seed. Refused as a whole, with code BAD_SPEC and the problems in `extensions.problems`, if anything is wrong.',
    args: {
      input: t.arg({ type: ScheduleRunsInput, required: true }),
      newExperiment: t.arg.string({
        description: 'The title of an experiment to be made for them, if and only if they are scheduled; then `experimentId` is absent.',
      }),
    },
    resolve: (query, _root, { input, newExperiment }, context) =>
      changeRuns(context, query, async (tx, person) => {
        const experimentId = await makeJoined(tx, readJoined(input.experimentId, newExperiment, person));
        const reference = readReference(input);
        return scheduleAndAsk(tx, { ...input, reference, experimentId, execution: readExecution(input.execution) }, person);
      }),
  }),
  cancelRuns: t.prismaField({
    authScopes: { member: true },
    type: ['Run'],
    description: 'Waiting runs end at once, running ones as soon as their trainer hears of it. Ended ones are left as they are.',
    args: { ids: t.arg.idList({ required: true }) },
    resolve: (query, _root, { ids }, context) =>
      changeRuns(context, query, async (tx) => {
        await cancelRuns(tx, ids);
        return ids;
      }),
  }),
  retryRuns: t.prismaField({
    authScopes: { member: true },
    type: ['Run'],
    description:
      'Queues failed or cancelled runs again from their last checkpoint; runs that failed with them for want of a teacher are revived.',
    args: { ids: t.arg.idList({ required: true }) },
    resolve: (query, _root, { ids }, context) =>
      changeRuns(context, query, async (tx) => {
        await retryRuns(tx, ids);
        return ids;
      }),
  }),
  prioritizeRuns: t.prismaField({
    authScopes: { member: true },
    type: ['Run'],
    description: 'How urgent waiting runs are: larger comes first. A teacher is as urgent as the most urgent run that waits for it.',
    args: {
      ids: t.arg.idList({ required: true }),
      priority: t.arg.int({ required: true, directives: { range: { min: -100, max: 100 } } }),
    },
    resolve: (query, _root, { ids, priority }, context) =>
      changeRuns(context, query, async (tx) => {
        await prioritizeRuns(tx, ids, priority);
        return ids;
      }),
  }),
  archiveRuns: t.prismaField({
    authScopes: { member: true },
    type: ['Run'],
    description: 'Hides runs that have ended from lists and leaderboard, or brings them back.',
    args: { ids: t.arg.idList({ required: true }), archived: t.arg.boolean({ required: true, defaultValue: true }) },
    resolve: (query, _root, { ids, archived }, context) =>
      changeRuns(context, query, async (tx) => {
        await archiveRuns(tx, ids, archived);
        return ids;
      }),
  }),
  deleteRuns: t.int({
    authScopes: { member: true },
    description: 'Deletes archived runs for good.',
    args: { ids: t.arg.idList({ required: true }) },
    resolve: (_root, { ids }, { db }) => transact(db, (tx) => deleteRuns(tx, ids)),
  }),
  annotateRun: t.prismaField({
    authScopes: { member: true },
    type: 'Run',
    description: 'Sets note and tags; what is absent stays. A comma parts two tags, a space does not.',
    args: {
      id: t.arg.id({ required: true }),
      note: t.arg.string(noteBounds),
      tags: t.arg.stringList(),
      before: t.arg({ type: RunTexts, description: seen }),
    },
    resolve: async (query, _root, { id, before, ...texts }, { db }) => {
      await transact(db, (tx) => annotateRun(tx, id, texts, before ?? {}));
      return atOneMoment(db, (tx) => tx.run.findUniqueOrThrow({ ...query, where: { id } }));
    },
  }),
}));
