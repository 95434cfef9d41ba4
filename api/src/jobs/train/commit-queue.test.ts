import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createToken } from '../../access/tokens.ts';
import { connect, type Db } from '../../db.ts';
import { Prepared } from '../../postgres/prepared.ts';
import { epochRow, leaseOf, schedule, smallSpec, type TestClaim, TestTrainer } from '../../testing/fleet.ts';
import { useApi } from '../../testing/suite.ts';
import { untilSomebodyWaits } from '../../testing/waiting.ts';
import type { Commit } from './commit.ts';
import { CommitQueue } from './commit-queue.ts';

describe('commits that arrive together', () => {
  const suite = useApi({ LEASE_SECONDS: '60' });
  let db: Db;
  let prepared: Prepared;
  let queue: CommitQueue;
  let trainer: TestTrainer;
  let tokenId: string;
  let strangerId: string;
  let seed = 0;
  beforeAll(async () => {
    db = connect(suite.database.url);
    prepared = new Prepared(suite.database.url);
    queue = new CommitQueue(db, prepared, 60);
    trainer = await TestTrainer.join(suite.api, { slots: 64 });
    tokenId = (await db.token.findFirstOrThrow({ where: { role: 'TRAINER' } })).id;
    await createToken(db, { name: 'somebody else', role: 'TRAINER', createdBy: null });
    strangerId = (await db.token.findFirstOrThrow({ where: { name: 'somebody else' } })).id;
  });
  afterAll(async () => {
    await prepared.close();
    await db.$disconnect();
  });

  const claim = async (count: number): Promise<TestClaim[]> => {
    await schedule(
      suite.api,
      smallSpec,
      Array.from({ length: count }, () => ++seed),
    );
    return Promise.all(Array.from({ length: count }, () => trainer.claimOrFail()));
  };
  const of = (one: TestClaim, more: Partial<Commit> = {}): Commit => ({
    lease: { ...leaseOf(one), tokenId },
    epochs: [epochRow(0, 1, { trainEntropy: 1.5 })],
    cohort: [],
    ...more,
  });
  const rowsOf = (claims: readonly TestClaim[]) =>
    suite.database.query<{ run_id: string; epoch: number; written_by: string }>(
      'SELECT run_id, epoch, xmin::text AS written_by FROM epoch_metrics WHERE run_id = ANY ($1) ORDER BY run_id, epoch',
      [claims.map(({ runId }) => runId)],
    );
  /** Commits that all wait for one that cannot go on, which holds nobody up but by being first. */
  const together = async <Result>(begin: () => Promise<Result>[], count: number): Promise<Result[]> => {
    const [first] = await claim(1);
    if (!first) throw new Error('There was no job to claim.');
    await suite.database.query('BEGIN');
    await suite.database.query('LOCK TABLE epoch_metrics IN ACCESS EXCLUSIVE MODE');
    const blocked = queue.commit(of(first));
    await untilSomebodyWaits(suite.database);
    const begun = begin();
    const all = Promise.allSettled(begun);
    await expect.poll(() => queue.waiting).toBe(count);
    await suite.database.query('COMMIT');
    await Promise.all([blocked, all]);
    return Promise.all(begun);
  };

  it('are written together, by one transaction', async () => {
    const claims = await claim(6);
    const leases = await together(() => claims.map((one) => queue.commit(of(one))), 6);
    expect(leases.map(({ cancelRequested }) => cancelRequested)).toEqual(Array.from({ length: 6 }, () => false));
    const rows = await rowsOf(claims);
    expect(rows).toHaveLength(6);
    expect(new Set(rows.map(({ written_by }) => written_by)).size).toBe(1);
    const entropies = await suite.database.query('SELECT value FROM measurements WHERE run_id = ANY ($1)', [
      claims.map(({ runId }) => runId),
    ]);
    expect(entropies).toEqual(Array.from({ length: 6 }, () => ({ value: 1.5 })));
  });

  it('are each its own: what is wrong with one is told to its trainer, and the others are written', async () => {
    const [good, stale, wrong, early, other] = (await claim(5)) as [TestClaim, TestClaim, TestClaim, TestClaim, TestClaim];
    const sha256 = 'e'.repeat(64);
    const outcomes = await together(
      () =>
        [
          queue.commit(of(good)),
          queue.commit({ ...of(stale), lease: { ...leaseOf(stale), attempt: 7, tokenId } }),
          queue.commit({ ...of(other), lease: { ...leaseOf(other), tokenId: strangerId } }),
          queue.commit(of(early, { checkpoint: { epoch: 1, sha256 } })),
        ].map((commit) => commit.then(() => 'written').catch(({ code, message }) => `${code} ${message}`)),
      4,
    );
    expect(outcomes).toEqual([
      'written',
      expect.stringMatching(/^LEASE_LOST/),
      expect.stringMatching(/^LEASE_LOST/),
      expect.stringMatching(/^BAD_INPUT checkpoint\.sha256: e+ has not been uploaded/),
    ]);
    await expect(queue.commit(of(wrong, { epochs: [epochRow(4, 1)] }))).rejects.toMatchObject({ code: 'BAD_INPUT' });
    const strange = { ...of(wrong, { epochs: [epochRow(4, 1)] }), lease: { ...leaseOf(wrong), attempt: 7, tokenId } };
    await expect(queue.commit(strange)).rejects.toMatchObject({ code: 'LEASE_LOST' });
    expect((await rowsOf([good, stale, wrong, early, other])).map(({ run_id }) => run_id)).toEqual([good.runId]);
  });

  it('of one job are written one after the other; each row stands once', async () => {
    const [one] = (await claim(1)) as [TestClaim];
    await together(
      () => [1, 2, 3].map((epoch) => queue.commit(of(one, { epochs: [epochRow(0, epoch), epochRow(0, 1 + (epoch % 3))] }))),
      3,
    );
    expect((await rowsOf([one])).map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    const { revision, epochsDone } = await db.run.findUniqueOrThrow({ where: { id: one.runId } });
    expect({ revision, epochsDone }).toEqual({ revision: 4, epochsDone: 3 });
  });

  it('do not wait for one whose run somebody else is changing', async () => {
    const [held, free] = (await claim(2)) as [TestClaim, TestClaim];
    await suite.database.query('BEGIN');
    await suite.database.query('SELECT FROM runs WHERE id = $1 FOR UPDATE', [held.runId]);
    let written = false;
    const waiting = queue.commit(of(held)).then(() => {
      written = true;
    });
    await queue.commit(of(free));
    expect(written).toBe(false);
    await suite.database.query('COMMIT');
    await waiting;
    expect(await rowsOf([held, free])).toHaveLength(2);
  });

  it('of a token that was revoked a moment ago write nothing, though it was remembered, and are told so', async () => {
    const text = await createToken(db, { name: 'leaves soon', role: 'TRAINER', createdBy: null });
    const other = { ...suite.api, trainerToken: text };
    const leaving = await TestTrainer.join(other);
    await schedule(suite.api, smallSpec, [++seed]);
    const one = await leaving.claimOrFail();
    expect((await leaving.commit(one, { epochs: [epochRow(0, 1)] })).errors).toBeUndefined();
    await db.token.updateMany({ where: { name: 'leaves soon' }, data: { revokedAt: new Date() } });
    expect((await leaving.commit(one, { epochs: [epochRow(0, 2)] })).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    const both = `mutation ($input: CommitEpochsInput!) { commitEpochs(input: $input) { expiresAt } leaveFleet(trainerId: "${leaving.id}") }`;
    const input = { lease: leaseOf(one), epochs: [epochRow(0, 2)] };
    expect((await suite.api.refusal(both, { input }, text)).extensions.code).toBe('UNAUTHENTICATED');
    expect((await rowsOf([one])).map(({ epoch }) => epoch)).toEqual([1]);
  });

  it('leave the row of the job where it is: no index names a column that reports change', async () => {
    const changed = ['lease_expires_at', 'progress', 'log_seq', 'cancel_requested'];
    const indexed = await suite.database.query<{ attname: string }>(
      `SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) WHERE i.indrelid = 'jobs'::regclass`,
    );
    expect(indexed.map(({ attname }) => attname).filter((name) => changed.includes(name))).toEqual([]);
  });
});
