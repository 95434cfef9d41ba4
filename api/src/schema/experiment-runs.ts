import { builder } from '../builder.ts';
import { readBoard } from '../leaderboard/board.ts';
import type { Price } from '../limits/cost.ts';
import { Experiment } from './experiment.ts';
import { noFilter } from './leaderboard.ts';
import { LeaderboardMembers } from './leaderboard-inputs.ts';
import { LeaderboardRow } from './leaderboard-row.ts';
import { Run } from './run.ts';
import { RunConnection, runConnection } from './run-list.ts';

builder.prismaObjectFields(Experiment, (t) => ({
  leaderboard: t.field({
    type: [LeaderboardRow],
    description: 'Its groups of seeds, as leaderboard rows.',
    extensions: { price: { weight: 500, length: 100 } satisfies Price },
    args: { members: t.arg({ type: LeaderboardMembers, required: true, defaultValue: 'ALL' }) },
    resolve: async ({ id }, { members }, { db }) => {
      const filter = { ...noFilter, experimentId: id, members };
      return (await readBoard(db, { filter, sort: 'VALIDATION_ACCURACY', direction: 'DESC', offset: 0, limit: 500 })).rows;
    },
  }),
  runs: t.connection(
    {
      type: Run,
      extensions: { price: { weight: 100 } satisfies Price },
      resolve: ({ id }, args, context, info) =>
        runConnection({ ...args, filter: { experimentId: id, archived: false }, sort: 'ACTIVITY', direction: 'DESC' }, context, info),
    },
    RunConnection,
  ),
}));
