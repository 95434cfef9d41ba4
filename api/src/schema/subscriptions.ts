import { builder, defaults } from '../builder.ts';
import { atOneMoment } from '../db.ts';
import { notFound } from '../errors.ts';
import { changedIds } from '../events/changed-ids.ts';
import type { Sharing } from '../events/fan-out.ts';
import { live, oneByOne, skip } from '../events/live.ts';
import { readLog } from '../jobs/log.ts';
import { Work } from '../limits/work.ts';
import { readMetrics } from '../metrics/page.ts';
import { matchingRuns } from '../sql/run-list.ts';
import { cancelledJobs, heldDatasets } from '../sql/trainers.ts';
import { listedTrainers } from '../trainers/listed.ts';
import { LogLine } from './artifact.ts';
import { fresh } from './fresh.ts';
import { MetricsPage } from './metrics.ts';
import { RunFilter, withArchive } from './run-list-inputs.ts';

builder.subscriptionFields((t) => ({
  runChanged: t.prismaField({
    authScopes: { viewer: true },
    type: 'Run',
    description: 'The run whenever it changes (state, progress, note, result); once at the start.',
    args: { id: t.arg.id({ required: true }) },
    extensions: { sharing: 'state' satisfies Sharing },
    subscribe: (_root, { id }, { hub }) => live(hub.listen(['run', 'progress'], id), async () => id),
    resolve: async (query, _id, { id }, context) => {
      fresh(context);
      const run = await atOneMoment(context.db, (tx) => tx.run.findUnique({ ...query, where: { id } }));
      if (!run) throw notFound('run', id);
      return run;
    },
  }),
  runMetrics: t.field({
    authScopes: { viewer: true },
    type: MetricsPage,
    description: 'All rows after the cursor, page by page, then new ones as they are committed.',
    args: { id: t.arg.id({ required: true }), after: t.arg.int({ required: true, defaultValue: 0 }) },
    extensions: { sharing: 'pages' satisfies Sharing },
    subscribe: (_root, { id, after }, { db, hub, shared }) => {
      let cursor = after;
      let first = true;
      const listener = hub.listen(['metrics'], id);
      const read = async () => {
        await Work.current()?.begin();
        return (await readMetrics(db, [id], { after: cursor })).get(id);
      };
      const next = async () => {
        const page = await shared.readOnce(`metrics ${id} ${cursor}`, listener.heard, read);
        if (!page) throw notFound('run', id);
        cursor = Math.max(cursor, page.revision);
        if (page.more) listener.again();
        const empty = page.removedAfterEpoch === null && page.epochs.length === 0 && page.cohort.length === 0;
        if (empty && !first) return skip;
        first = false;
        return page;
      };
      return live(listener, next, { shared: true });
    },
    resolve: (page) => page,
  }),
  runLog: t.field({
    authScopes: { viewer: true },
    type: [LogLine],
    description: 'All lines after the cursor, page by page, then new ones as they come.',
    args: { id: t.arg.id({ required: true }), after: t.arg.int({ required: true, defaultValue: 0 }) },
    extensions: { sharing: 'pages' satisfies Sharing },
    subscribe: async (_root, { id, after }, { db, hub, shared }) => {
      const jobId = (await db.job.findUnique({ where: { runId: id }, select: { id: true } }))?.id;
      if (jobId === undefined) throw notFound('run', id);
      let cursor = after;
      let first = true;
      const listener = hub.listen(['log'], jobId);
      const read = async () => {
        await Work.current()?.begin();
        return readLog(db, jobId, cursor);
      };
      const next = async () => {
        const lines = await shared.readOnce(`log ${jobId} ${cursor}`, listener.heard, read);
        if (lines.length === 0 && !first) return skip;
        first = false;
        cursor = lines.at(-1)?.seq ?? cursor;
        // A page may end before the log does.
        if (lines.length > 0) listener.again();
        return lines;
      };
      return live(listener, next, { shared: true });
    },
    resolve: (lines) => lines,
  }),
  runsChanged: t.prismaField({
    authScopes: { viewer: true },
    type: 'Run',
    description:
      'Any run that the filter shows and that has changed, for lists; each at most twice a second. Ends with the code MISSED_CHANGES when ' +
      'the server was cut off from Postgres: subscribe again, and read the list anew.',
    args: { filter: t.arg({ type: RunFilter, required: true, defaultValue: defaults({}) }) },
    extensions: { sharing: 'events' satisfies Sharing },
    subscribe: (_root, { filter }, { db, hub }) =>
      oneByOne(changedIds(hub.listen(['run', 'progress']), (ids) => matchingRuns(db, withArchive(filter), [...ids]))),
    resolve: (query, id, _args, context) => {
      fresh(context);
      return atOneMoment(context.db, (tx) => tx.run.findUniqueOrThrow({ ...query, where: { id } }));
    },
  }),
  runsDeleted: t.idList({
    authScopes: { viewer: true },
    description:
      'The ids of runs that were deleted, for whoever shows them. Ends with the code MISSED_CHANGES when the server was cut off from ' +
      'Postgres: subscribe again, and read anew.',
    extensions: { sharing: 'events' satisfies Sharing },
    subscribe: (_root, _args, { hub }) => changedIds(hub.listen(['deleted'])),
    resolve: (ids) => ids,
  }),
  experimentsChanged: t.prismaField({
    authScopes: { viewer: true },
    type: 'Experiment',
    description:
      'Any experiment that was made or changed, or that runs were put into or taken out of. Ends with the code MISSED_CHANGES when the server ' +
      'was cut off from Postgres: subscribe again, and read anew.',
    extensions: { sharing: 'events' satisfies Sharing },
    subscribe: (_root, _args, { hub }) => oneByOne(changedIds(hub.listen(['experiment']))),
    resolve: (query, id, _args, context) => {
      fresh(context);
      return context.db.experiment.findUniqueOrThrow({ ...query, where: { id } });
    },
  }),
  trainersChanged: t.prismaField({
    authScopes: { viewer: true },
    type: ['Trainer'],
    description: 'All trainers, once at the start and whenever one changes.',
    extensions: { sharing: 'state' satisfies Sharing },
    subscribe: (_root, _args, { hub }) => live(hub.listen(['trainers']), async () => true, { everyMs: 250 }),
    resolve: (query, _root, _args, context) => {
      fresh(context);
      return context.db.trainer.findMany({ ...query, ...listedTrainers });
    },
  }),
  workAvailable: t.boolean({
    authScopes: { trainer: true },
    description: 'Fires when a job may have become claimable, and once at the start.',
    args: { trainerId: t.arg.id({ required: true }) },
    subscribe: (_root, { trainerId }, { db, hub }) =>
      live(hub.listen(['work']), async (changes) => {
        if (changes === 'all') return true;
        const held = await heldDatasets(db, trainerId);
        return [...changes].some((id) => held.has(id)) ? true : skip;
      }),
    resolve: (available) => available,
  }),
  cancelRequested: t.idList({
    authScopes: { trainer: true },
    description: `Fires when one of the trainer's jobs is to be cancelled: the jobs' ids.`,
    args: { trainerId: t.arg.id({ required: true }) },
    subscribe: (_root, { trainerId }, { db, hub }) =>
      live(hub.listen(['cancel'], trainerId), async () => {
        const ids = await cancelledJobs(db, trainerId);
        return ids.length > 0 ? ids : skip;
      }),
    resolve: (ids) => ids,
  }),
}));
