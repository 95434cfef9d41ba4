import { personOf } from '../access/rights.ts';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import { atOneMoment, type Tx, transact } from '../db.ts';
import { changeRuns, moveRuns, type RunOutcome, runActions, tagRuns } from '../runs/bulk.ts';
import { readJoined } from '../runs/experiment.ts';

const RunAction = builder.enumType('RunAction', { values: runActions });

const RunOutcomeRef = builder.objectRef<RunOutcome>('RunOutcome').implement({
  description: 'What became of one of many runs.',
  fields: (t) => ({
    id: t.exposeID('id'),
    refusal: t.exposeString('refusal', { nullable: true, description: 'Why it was left as it was; absent if it was done.' }),
  }),
});

const RunsOutcome = builder.objectRef<RunOutcome[]>('RunsOutcome').implement({
  fields: (t) => ({
    done: t.int({ description: 'Runs that it was done to.', resolve: (outcomes) => outcomes.filter(isDone).length }),
    outcomes: t.field({ type: [RunOutcomeRef], description: 'One for each id.', resolve: (outcomes) => outcomes }),
    runs: t.prismaField({
      type: ['Run'],
      description: 'As they are now; deleted ones are gone.',
      resolve: (query, outcomes, _args, { db }) =>
        atOneMoment(db, (tx) =>
          tx.run.findMany({ ...query, where: { id: { in: outcomes.filter(isDone).map(({ id }) => id) } }, orderBy: { id: 'asc' } }),
        ),
    }),
  }),
});

const isDone = ({ refusal }: RunOutcome) => refusal === null;

function changing({ db }: Context, rule: (tx: Tx) => Promise<RunOutcome[]>): Promise<RunOutcome[]> {
  return transact(db, rule);
}

const where = 'At most 200 at a time; what one of them does not allow is told of that one, and the others are done.';

builder.mutationFields((t) => ({
  changeRuns: t.field({
    authScopes: { member: true },
    type: RunsOutcome,
    description: `Cancels, retries, archives or deletes many runs, each by the rules of a single one. ${where}`,
    args: { ids: t.arg.idList({ required: true }), action: t.arg({ type: RunAction, required: true }) },
    resolve: (_root, { ids, action }, context) => changing(context, (tx) => changeRuns(tx, ids, action)),
  }),
  tagRuns: t.field({
    authScopes: { member: true },
    type: RunsOutcome,
    description: `Gives many runs tags and takes others from them. ${where}`,
    args: {
      ids: t.arg.idList({ required: true }),
      add: t.arg.stringList({ required: true, defaultValue: [] }),
      remove: t.arg.stringList({ required: true, defaultValue: [] }),
    },
    resolve: (_root, { ids, add, remove }, context) => changing(context, (tx) => tagRuns(tx, ids, add, remove)),
  }),
  moveRuns: t.field({
    authScopes: { member: true },
    type: RunsOutcome,
    description: `Puts many runs into an experiment, or out of theirs. ${where}`,
    args: {
      ids: t.arg.idList({ required: true }),
      experimentId: t.arg.id({ description: 'Absent, as `newExperiment` is: out of the one they are in.' }),
      newExperiment: t.arg.string({
        description:
          'The title of an experiment to be made for them, if and only if one of them is put into it; then `experimentId` is absent.',
      }),
    },
    resolve: (_root, { ids, experimentId, newExperiment }, context) => {
      const to = readJoined(experimentId, newExperiment, personOf(context.caller).name);
      return changing(context, (tx) => moveRuns(tx, ids, to));
    },
  }),
}));
