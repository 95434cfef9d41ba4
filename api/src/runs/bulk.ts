import { written } from '@studyhall/contract/settings/written.ts';
import type { Tx } from '../db.ts';
import { ApiError, badInput, notFound } from '../errors.ts';
import { announce } from '../events/topics.ts';
import { lockJobs } from '../sql/control.ts';
import { archiveRuns, cancelRuns, deleteRuns, holdStudentsStill, holdTeachersStill, maxIds, retryRuns } from './control.ts';
import { checkTitle, type Joined, makeJoined } from './experiment.ts';
import { type ControlledRun, hasLost, isLive, readControlled, whyNotArchive, whyNotDelete, whyNotRetry } from './refusals.ts';
import { checkExperiment, cleanTags } from './schedule.ts';

export const runActions = ['CANCEL', 'RETRY', 'ARCHIVE', 'UNARCHIVE', 'DELETE'] as const;
export type RunAction = (typeof runActions)[number];

/** What became of one of many runs; `refusal` says why it was left as it was. */
export type RunOutcome = { id: string; refusal: string | null };

/**
 * Does something to each of many runs that allows it, by the same rules as to a single one; the others are left as they are, and it says why.
 *
 * @returns one for each id, in their order, each once.
 */
export async function changeRuns(tx: Tx, ids: readonly string[], action: RunAction): Promise<RunOutcome[]> {
  return each(tx, ids, (runs) => refusalsOf[action](runs), doings[action]);
}

const doings: { [A in RunAction]: (tx: Tx, ids: string[]) => Promise<unknown> } = {
  CANCEL: cancelRuns,
  RETRY: retryRuns,
  ARCHIVE: (tx, ids) => archiveRuns(tx, ids, true),
  UNARCHIVE: (tx, ids) => archiveRuns(tx, ids, false),
  DELETE: deleteRuns,
};

type Refuse = (runs: readonly ControlledRun[]) => Map<string, string>;

const oneByOne =
  (refuse: (run: ControlledRun) => string | null): Refuse =>
  (runs) =>
    new Map(
      runs.flatMap((run) => {
        const reason = refuse(run);
        return reason === null ? [] : [[run.id, reason] as const];
      }),
    );

const refusalsOf: { [A in RunAction]: Refuse } = {
  CANCEL: oneByOne(({ id, job }) => {
    if (!isLive(job)) return `Run ${id} had ended already: it ${ending(job?.state)}.`;
    return job?.cancelRequested ? `Run ${id} is being cancelled already.` : null;
  }),
  RETRY: refuseRetries,
  ARCHIVE: oneByOne((run) => (run.archivedAt ? `Run ${run.id} is archived already.` : whyNotArchive(run))),
  UNARCHIVE: oneByOne(({ id, archivedAt }) => (archivedAt ? null : `Run ${id} is not archived.`)),
  DELETE: oneByOne(whyNotDelete),
};

const ending = (state: string | undefined) => (state === 'CANCELLED' ? 'was cancelled' : state === 'SUCCEEDED' ? 'succeeded' : 'failed');

/** Whoever learns from one that cannot be retried cannot be, either. */
function refuseRetries(runs: readonly ControlledRun[]): Map<string, string> {
  const refused = oneByOne(({ id, job }) => {
    if (hasLost(job)) return null;
    return job?.state === 'SUCCEEDED' ? `Run ${id} has succeeded: only failed and cancelled ones are retried.` : `Run ${id} has not ended.`;
  })(runs);
  for (let before = -1; before !== refused.size; ) {
    before = refused.size;
    const together = new Set(runs.flatMap(({ id }) => (refused.has(id) ? [] : [id])));
    for (const run of runs) {
      const reason = refused.has(run.id) ? null : whyNotRetry(run, together);
      if (reason !== null) refused.set(run.id, reason);
    }
  }
  return refused;
}

/**
 * Gives runs tags and takes others from them.
 *
 * @throws BAD_INPUT for what is no tag, or where there is nothing to do.
 */
export async function tagRuns(tx: Tx, ids: readonly string[], add: readonly string[], remove: readonly string[]): Promise<RunOutcome[]> {
  const added = cleanTags(add);
  const removed = new Set(cleanTags(remove));
  if (added.length === 0 && removed.size === 0) throw badInput('Name a tag to add or to remove.');
  const tagsOf = ({ tags }: ControlledRun) => cleanTags([...tags.filter((tag) => !removed.has(tag)), ...added]);
  const refuse = oneByOne((run) => {
    try {
      return tagsOf(run).join('\n') === run.tags.join('\n') ? `Run ${run.id} has these tags already.` : null;
    } catch (error) {
      if (error instanceof ApiError) return `Run ${run.id}: ${error.message}`;
      throw error;
    }
  });
  return each(tx, ids, refuse, async (_tx, _ids, runs) => {
    for (const run of runs) await tx.run.update({ where: { id: run.id }, data: { tags: tagsOf(run), revision: { increment: 1 } } });
    await tell(tx, runs);
  });
}

/**
 * Puts runs into an experiment, or (null) out of the one they are in.
 *
 * @param to a new one is made if there is a run to put into it.
 * @throws NOT_FOUND, or BAD_INPUT for an experiment that is archived or cannot be made.
 */
export async function moveRuns(tx: Tx, ids: readonly string[], to: Joined): Promise<RunOutcome[]> {
  if (typeof to === 'string') await checkExperiment(tx, to);
  else if (to !== null) checkTitle(to.title);
  const refuse = oneByOne((run) => {
    if (run.experimentId !== to) return null;
    return to === null ? `Run ${run.id} is in no experiment.` : `Run ${run.id} is in it already.`;
  });
  return each(tx, ids, refuse, async (_tx, chosen, runs) => {
    const experimentId = await makeJoined(tx, to);
    await tx.run.updateMany({ where: { id: { in: chosen } }, data: { experimentId, revision: { increment: 1 } } });
    const concerned = new Set([experimentId, ...runs.map((run) => run.experimentId)]);
    await announce(
      tx,
      [...concerned].flatMap((id) => (id === null ? [] : [['experiment', id] as const])),
    );
    await tell(tx, runs);
  });
}

const tell = (tx: Tx, runs: readonly ControlledRun[]) =>
  announce(tx, [
    ...runs.map(({ id }) => ['run', id] as const),
    ...[...new Set(runs.map(({ datasetId }) => datasetId))].map((id) => ['leaderboard', id] as const),
  ]);

async function each(
  tx: Tx,
  asked: readonly string[],
  refuse: Refuse,
  act: (tx: Tx, ids: string[], runs: ControlledRun[]) => Promise<unknown>,
): Promise<RunOutcome[]> {
  const ids = [...new Set(asked)];
  if (ids.length > maxIds) throw badInput(`ids has ${written(ids.length)} entries; at most ${written(maxIds)}.`);
  // What these runs are and whom they hang on stays as it is read now.
  await holdTeachersStill(tx, ids);
  await holdStudentsStill(tx, ids);
  await lockJobs(tx, ids);
  const runs = await readControlled(tx, ids);
  const refusals = refuse(runs);
  const there = new Set(runs.map(({ id }) => id));
  const chosen = runs.filter(({ id }) => !refusals.has(id));
  if (chosen.length > 0)
    await act(
      tx,
      chosen.map(({ id }) => id),
      chosen,
    );
  return ids.map((id) => ({ id, refusal: there.has(id) ? (refusals.get(id) ?? null) : notFound('run', id).message }));
}
