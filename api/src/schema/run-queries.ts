import { builder, defaults } from '../builder.ts';
import { atOneMoment } from '../db.ts';
import type { Bounds } from '../limits/inputs.ts';
import { prepareSpec } from '../runs/prepare.ts';
import { findScheduledSeeds } from '../runs/scheduled-seeds.ts';
import { SortDirection } from './enums.ts';
import { Run } from './run.ts';
import { RunConnection, runConnection } from './run-list.ts';
import { RunFilter, RunSort, withArchive } from './run-list-inputs.ts';
import { SpecProblem } from './run-parts.ts';

/** All that is wrong is told together. */
const own = { extensions: { bounds: { own: true } satisfies Bounds } };

builder.queryFields((t) => ({
  runs: t.connection(
    {
      authScopes: { viewer: true },
      type: Run,
      args: {
        filter: t.arg({ type: RunFilter, required: true, defaultValue: defaults({}) }),
        sort: t.arg({ type: RunSort, required: true, defaultValue: 'ACTIVITY' }),
        direction: t.arg({ type: SortDirection, required: true, defaultValue: 'DESC' }),
      },
      resolve: (_root, args, context, info) => runConnection({ ...args, filter: withArchive(args.filter) }, context, info),
    },
    RunConnection,
  ),
  run: t.prismaField({
    authScopes: { viewer: true },
    type: 'Run',
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (query, _root, { id }, { db }) => atOneMoment(db, (tx) => tx.run.findUnique({ ...query, where: { id } })),
  }),
  checkSpec: t.field({
    authScopes: { viewer: true },
    type: [SpecProblem],
    description: 'Checks a spec as `scheduleRuns` would, without storing anything; an empty list means it would be taken.',
    args: { spec: t.arg({ type: 'JSON', required: true, ...own }), seeds: t.arg.intList({ required: true, defaultValue: [0], ...own }) },
    resolve: async (_root, { spec, seeds }, { db }) => (await prepareSpec(db, spec, seeds)).problems,
  }),
  scheduledSeeds: t.intList({
    authScopes: { viewer: true },
    description:
      'The seeds of the group that a spec makes which have a run that counts, in order: scheduling one of them again repeats it. None where the spec would be refused.',
    args: { spec: t.arg({ type: 'JSON', required: true, ...own }) },
    resolve: (_root, { spec }, { db }) => findScheduledSeeds(db, spec),
  }),
}));
