import { personOf } from '../access/rights.ts';
import { builder } from '../builder.ts';
import { transact } from '../db.ts';
import { type Scheduled, schedulePreset } from '../deck/schedule.ts';
import { DeckScale } from './deck-definitions.ts';

const inOrder = <Run extends { id: string }>(ids: readonly string[], runs: readonly Run[]): Run[] =>
  ids.flatMap((id) => runs.find((run) => run.id === id) ?? []);

const ScheduledPreset = builder.objectRef<Scheduled>('ScheduledPreset').implement({
  fields: (t) => ({
    scheduled: t.prismaField({
      type: ['Run'],
      description: 'Runs that were missing, in the order they will be claimed.',
      resolve: async (query, { scheduled }, _args, { db }) =>
        inOrder(scheduled, await db.run.findMany({ ...query, where: { id: { in: scheduled } } })),
    }),
    shared: t.prismaField({
      type: ['Run'],
      description: 'Runs of the same group and seed that existed already.',
      resolve: async (query, { shared }, _args, { db }) =>
        inOrder(shared, await db.run.findMany({ ...query, where: { id: { in: shared } } })),
    }),
  }),
});

builder.mutationFields((t) => ({
  scheduleDeckPreset: t.field({
    authScopes: { member: true },
    type: ScheduledPreset,
    description:
      "Schedules what is missing of a preset's runs; those of the same group and seed that exist already are shared, unless they failed, were cancelled or are archived. Asking again changes nothing.",
    args: { system: t.arg.string({ required: true }), scale: t.arg({ type: DeckScale, required: true }) },
    resolve: (_root, { system, scale }, { db, caller }) => {
      const { name: person } = personOf(caller);
      return transact(db, (tx) => schedulePreset(tx, { slug: system, scale }, person));
    },
  }),
}));
