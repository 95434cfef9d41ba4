import type { RunSpec } from '@studyhall/contract/spec/run-spec.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '../db.ts';
import { createExperiment } from '../runs/experiment.ts';
import { findTeachers } from '../runs/find-teachers.ts';
import { findCountingRuns } from '../sql/counting-runs.ts';
import { schedule, smallSpec, TestTrainer } from '../testing/fleet.ts';
import { useDatabase } from '../testing/rules-suite.ts';
import { useApi } from '../testing/suite.ts';

type State = 'SUCCEEDED' | 'RUNNING' | 'QUEUED' | 'BLOCKED' | 'FAILED' | 'CANCELLED';
/** How a run of the seed stands, in the order in which they were scheduled; `at`: the second in which it ended. */
type Run = { state: State; at?: number; archived?: boolean };

const done = (at: number, archived = false): Run => ({ state: 'SUCCEEDED', at, archived });

/** What is of a repeated seed, and which of its runs counts: its place, or none. */
const cases: readonly [what: string, runs: readonly Run[], counts: number | null][] = [
  ['the last to have succeeded, though it was scheduled first', [done(9), done(4), done(7)], 0],
  ['of two that succeeded at the same moment the one scheduled last', [done(5), done(5)], 1],
  ['not one that was archived', [done(5), done(9, true)], 0],
  ['not one that failed or was cancelled after it', [done(5), { state: 'FAILED', at: 9 }, { state: 'CANCELLED', at: 10 }], 0],
  ['one that succeeded, before one that is running again', [done(5), { state: 'RUNNING' }], 0],
  ['one that runs, before those that wait', [{ state: 'FAILED', at: 1 }, { state: 'RUNNING' }, { state: 'QUEUED' }], 1],
  ['of two that run the one scheduled last', [{ state: 'RUNNING' }, { state: 'RUNNING' }], 1],
  ['one that is queued, before one that is blocked', [{ state: 'QUEUED' }, { state: 'BLOCKED' }], 0],
  [
    'none of those that failed or were cancelled',
    [
      { state: 'FAILED', at: 1 },
      { state: 'CANCELLED', at: 2 },
    ],
    null,
  ],
  ['none of those that are archived', [done(5, true)], null],
];

describe('of a repeated seed there counts, for everybody,', () => {
  const suite = useApi({ LEASE_SECONDS: '60' });
  const rules = useDatabase({}, suite);
  let db: Db;
  let experimentId: string;
  beforeAll(async () => {
    db = rules.db;
    await TestTrainer.join(rules.house);
    experimentId = await rules.inTransaction((tx) => createExperiment(tx, { title: 'Again', note: '', createdBy: 'owner' }));
  });

  /** Runs of one spec and seed that stand as they are told; the accuracy of each says which it is: 0.01, 0.02, … */
  const stand = async (spec: object, seed: number, runs: readonly Run[]): Promise<string[]> => {
    const ids: string[] = [];
    for (const [place, { state, at, archived = false }] of runs.entries()) {
      const [id = ''] = await schedule(rules.house, spec, [seed], { experimentId });
      const ended = at === undefined ? null : new Date(Date.UTC(2026, 0, 1, 0, 0, at));
      const leaseExpiresAt = state === 'RUNNING' ? new Date(Date.now() + 600_000) : null;
      await db.job.update({ where: { runId: id }, data: { state, finishedAt: ended, leaseExpiresAt } });
      await db.run.update({ where: { id }, data: { archivedAt: archived ? new Date() : null } });
      await db.network.updateMany({ where: { runId: id }, data: { validationAccuracy: (place + 1) / 100, selectedEpoch: 1 } });
      ids.push(id);
    }
    return ids;
  };

  it.each(cases)('%s', async (what, runs, counts) => {
    const seed = 10 + cases.findIndex(([other]) => other === what);
    const ids = await stand(smallSpec, seed, runs);
    const [mutual = ''] = await stand({ ...smallSpec, networks: [{ model: 'cnn' }, { model: 'cnn' }], method: { mutual: {} } }, seed, [
      done(1),
    ]);
    const { groupKey, spec, datasetId } = await db.run.findUniqueOrThrow({ where: { id: ids[0] ?? '' } });
    const expected = counts === null ? null : (ids[counts] ?? null);
    const succeeded = counts !== null && runs[counts]?.state === 'SUCCEEDED';

    const found = await findCountingRuns(db, [groupKey]);
    expect(found.find((run) => run.seed === seed)?.id ?? null, 'deck').toBe(expected);

    type Row = {
      groupKey: string;
      points: { seed: number; runId: string; validationGain: number | null }[];
      runs: { id: string; counts: boolean }[];
    };
    const row = 'groupKey points { seed runId validationGain } runs { id counts }';
    const { leaderboard, experiment } = await suite.api.get<{
      leaderboard: { edges: { node: Row }[] };
      experiment: { leaderboard: Row[] };
    }>(`query ($id: ID!) { leaderboard { edges { node { ${row} } } } experiment(id: $id) { leaderboard { ${row} } } }`, {
      id: experimentId,
    });
    const rows = { leaderboard: leaderboard.edges.map(({ node }) => node), experiment: experiment.leaderboard };
    for (const [where, all] of Object.entries(rows)) {
      const group = all.find((one) => one.groupKey === groupKey);
      const point = group?.points.find((one) => one.seed === seed);
      expect(point?.runId ?? null, where).toBe(succeeded ? expected : null);
      // Soft labels and curves are drawn from the runs that say so of themselves.
      const marked = group?.runs.filter((run) => run.counts && ids.includes(run.id)).map(({ id }) => id);
      expect(marked ?? [], `runs of the ${where}`).toEqual(expected === null ? [] : [expected]);
      const gain = all.flatMap(({ points }) => points).find(({ runId }) => runId === mutual)?.validationGain;
      const twin = succeeded ? ((counts ?? 0) + 1) / 100 : null;
      expect(gain ?? null, `twins of the ${where}`).toEqual(twin === null ? null : expect.closeTo(0.01 - twin, 12));
    }

    // A teacher by group: what counts teaches; where nothing does, what is archived, or a refusal that names what failed.
    const student = {
      ...(spec as object),
      method: { distillation: { teachers: [{ group: { groupKey, network: 0 } }] } },
    } as unknown as RunSpec;
    const { teachers, problems } = await findTeachers(db, student, datasetId, [seed]);
    if (expected !== null) expect([teachers.get(seed)?.[0]?.runId, problems]).toEqual([expected, []]);
    else if (runs[0]?.archived) expect([teachers.get(seed)?.[0]?.runId, problems]).toEqual([ids[0], []]);
    else expect(problems.map(({ message }) => message).join()).toMatch(/failed|was cancelled/);
  });
});
