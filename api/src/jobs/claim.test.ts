import { describe, expect, it } from 'vitest';
import { schedule, smallSpec, TestTrainer } from '../testing/fleet.ts';
import { useDatabase } from '../testing/rules-suite.ts';
import { claimJob } from './claim.ts';

describe('a claim', () => {
  const suite = useDatabase({ STALL_SECONDS: '30' });
  const attempts = (jobId: string) =>
    suite.database.query('SELECT attempt, outcome FROM attempts WHERE job_id = $1 ORDER BY attempt', [jobId]);

  it('whose answer was lost is given the same lease when it is asked for again, and no other trainer’s', async () => {
    const trainer = await TestTrainer.join(suite.house);
    await schedule(suite.house, smallSpec, [1, 2]);
    const lost = await trainer.claim('first');
    expect(lost).toMatchObject({ attempt: 1, seed: 1 });
    expect(await trainer.claim('first')).toEqual(lost);
    const other = await TestTrainer.join(suite.house);
    const second = await other.claim('first');
    expect(second).toMatchObject({ attempt: 1, seed: 2 });
    await trainer.complete(lost as NonNullable<typeof lost>, [0.5]);
    await other.complete(second as NonNullable<typeof second>, [0.5]);
    expect(await attempts(lost?.jobId ?? '')).toEqual([{ attempt: 1, outcome: 'SUCCEEDED' }]);
  });

  it('asked for twice at the same moment takes one job', async () => {
    const trainer = await TestTrainer.join(suite.house);
    await schedule(suite.house, smallSpec, [3, 4]);
    const claims = await Promise.all([1, 2, 3, 4].map(() => trainer.claim('at once')));
    expect(new Set(claims.map((claim) => claim?.jobId)).size).toBe(1);
    const left = await trainer.claimOrFail();
    expect(left.seed).toBe(4);
    for (const claim of [claims[0], left]) await trainer.complete(claim as NonNullable<typeof claim>, [0.5]);
  });

  it('that arrives late, after its attempt ended, takes nothing', async () => {
    const trainer = await TestTrainer.join(suite.house);
    await schedule(suite.house, smallSpec, [5]);
    const claim = await trainer.claim('late');
    await trainer.handBack(claim as NonNullable<typeof claim>);
    expect(await trainer.claim('late')).toBeNull();
    const next = await trainer.claim('next');
    expect(next).toMatchObject({ jobId: claim?.jobId, attempt: 2 });
    await trainer.complete(next as NonNullable<typeof next>, [0.5]);
  });

  it('that found nothing finds what was scheduled since, under the same name', async () => {
    const trainer = await TestTrainer.join(suite.house);
    expect(await trainer.claim('patient')).toBeNull();
    await schedule(suite.house, smallSpec, [6]);
    const claim = await trainer.claim('patient');
    expect(claim).toMatchObject({ seed: 6, attempt: 1 });
    await trainer.complete(claim as NonNullable<typeof claim>, [0.5]);
  });

  it('hands out only what its trainer knows', async () => {
    const trainer = await TestTrainer.join(suite.house);
    await schedule(suite.house, smallSpec, [9]);
    const { tokenId } = await suite.db.trainer.findUniqueOrThrow({ where: { id: trainer.id } });
    const claimOf = (kinds: 'TRAIN'[]) =>
      suite.inTransaction((tx) =>
        claimJob(tx, { trainerId: trainer.id, tokenId: tokenId ?? '', kinds }, { leaseSeconds: 60, stallSeconds: 30 }),
      );
    expect(await claimOf([])).toBeNull();
    expect(await claimOf(['TRAIN'])).toMatchObject({ kind: 'TRAIN' });
    await suite.database.query(`UPDATE jobs SET state = 'CANCELLED', lease_expires_at = NULL, finished_at = now() WHERE state = 'RUNNING'`);
  });

  it('hands out the job’s own stall limit, or the one that is set for all', async () => {
    const trainer = await TestTrainer.join(suite.house);
    const [, own] = await schedule(suite.house, smallSpec, [7, 8]);
    await suite.database.query('UPDATE jobs SET stall_seconds = 600 WHERE run_id = $1', [own]);
    const claims = [await trainer.claimOrFail(), await trainer.claimOrFail()];
    expect(claims.map(({ seed, stallSeconds }) => [seed, stallSeconds])).toEqual([
      [7, 30],
      [8, 600],
    ]);
    for (const claim of claims) await trainer.complete(claim, [0.5]);
  });
});
