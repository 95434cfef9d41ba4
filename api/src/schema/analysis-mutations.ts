import { personOf } from '../access/rights.ts';
import { askAnalysis } from '../analyses/ask.ts';
import { askGroups } from '../analyses/ask-groups.ts';
import { cancelAnalyses, retryAnalyses } from '../analyses/control.ts';
import type { Wants } from '../analyses/wanted.ts';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import { type Tx, transact } from '../db.ts';
import { Analysis } from './analysis.ts';
import { AskAnalysisInput, AskGroupsInput, readReference } from './analysis-inputs.ts';

const AskedAnalysis = builder.objectRef<{ id: string; askedBefore: boolean }>('AskedAnalysis').implement({
  fields: (t) => ({
    analysis: t.prismaField({
      type: Analysis,
      resolve: (query, { id }, _args, { db }) => db.analysis.findUniqueOrThrow({ ...query, where: { id } }),
    }),
    askedBefore: t.exposeBoolean('askedBefore', {
      description: 'The same was asked of the same weights before: its answer is there, or under way.',
    }),
  }),
});

const AskedGroups = builder.objectRef<Wants>('AskedGroups').implement({
  fields: (t) => ({
    asked: t.int({ description: 'Analyses that were queued.', resolve: ({ asked }) => asked.filter((one) => !one.askedBefore).length }),
    askedBefore: t.int({
      description: 'Analyses that there were before, of the same weights.',
      resolve: ({ asked }) => asked.filter((one) => one.askedBefore).length,
    }),
    waiting: t.exposeInt('waiting', { description: 'Analyses that are asked for as soon as their runs have succeeded.' }),
    refused: t.stringList({ description: 'Why some runs cannot be asked, each reason once.', resolve: ({ refused }) => [...refused] }),
  }),
});

const among = (ids: readonly string[]) => ({ where: { id: { in: [...ids] } }, orderBy: { createdAt: 'asc' as const } });

function change({ db }: Context, rule: (tx: Tx) => Promise<void>): Promise<void> {
  return transact(db, rule);
}

builder.mutationFields((t) => ({
  askAnalysis: t.field({
    authScopes: { member: true },
    type: AskedAnalysis,
    description: 'Asks a question about networks whose weights are kept. The same question about the same weights is answered once.',
    args: { input: t.arg({ type: AskAnalysisInput, required: true }) },
    resolve: (_root, { input }, { db, caller }) => {
      const { name: person } = personOf(caller);
      return transact(db, (tx) => askAnalysis(tx, input, person));
    },
  }),
  askGroups: t.field({
    authScopes: { member: true },
    type: AskedGroups,
    description:
      'Asks a question of every seed of groups: of the runs that have succeeded at once, of the others as soon as they have. `askedOverSeeds` gives the answers.',
    args: { input: t.arg({ type: AskGroupsInput, required: true }) },
    resolve: (_root, { input }, { db, caller }) => {
      const { name: person } = personOf(caller);
      return transact(db, (tx) => askGroups(tx, { ...input, reference: readReference(input) }, person));
    },
  }),
  cancelAnalyses: t.prismaField({
    authScopes: { member: true },
    type: ['Analysis'],
    description: 'Waiting ones end at once, running ones as soon as their trainer hears of it. Ended ones are left as they are.',
    args: { ids: t.arg.idList({ required: true }) },
    resolve: async (query, _root, { ids }, context) => {
      await change(context, (tx) => cancelAnalyses(tx, ids));
      return context.db.analysis.findMany({ ...query, ...among(ids) });
    },
  }),
  retryAnalyses: t.prismaField({
    authScopes: { member: true },
    type: ['Analysis'],
    description: 'Queues failed or cancelled ones again.',
    args: { ids: t.arg.idList({ required: true }) },
    resolve: async (query, _root, { ids }, context) => {
      await change(context, (tx) => retryAnalyses(tx, ids));
      return context.db.analysis.findMany({ ...query, ...among(ids) });
    },
  }),
}));
