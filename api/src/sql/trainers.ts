import { Prisma, type Tx } from '../db.ts';

/** Marks a trainer as heard of. @returns false if the token has none of that id. */
export async function touchTrainer(tx: Tx, trainerId: string, tokenId: string): Promise<boolean> {
  const count = await tx.$executeRaw(Prisma.sql`
    UPDATE trainers SET last_seen_at = now(), "left" = false WHERE id = ${trainerId} AND ${ownedBy(tokenId)}`);
  return count > 0;
}

/** Trainers of a token; one that registered before tokens were noted is anybody's until it registers again. */
export const ownedBy = (tokenId: string) => Prisma.sql`(token_id = ${tokenId} OR token_id IS NULL)`;

export async function countTrainers(tx: Tx, tokenId: string): Promise<number> {
  return tx.trainer.count({ where: { tokenId } });
}

/** Forgets a token's trainers that left longest ago. What they trained stays, with their names. @returns how many. */
export async function forgetLongestGone(tx: Tx, tokenId: string, count: number): Promise<number> {
  return tx.$executeRaw(Prisma.sql`
    DELETE FROM trainers WHERE id IN (
      SELECT id FROM trainers t
      WHERE token_id = ${tokenId} AND "left" AND NOT EXISTS (SELECT FROM jobs j WHERE j.trainer_id = t.id AND j.state = 'RUNNING')
      ORDER BY last_seen_at LIMIT ${count})`);
}

/**
 * Trainers not heard of for a while, each returned once: they are marked as gone until they are heard of again. Of several processes
 * that ask, one gets it.
 */
export async function takeDeparted(tx: Tx, leaseSeconds: number): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
    UPDATE trainers SET "left" = true
    WHERE NOT "left" AND last_seen_at < now() - make_interval(secs => ${offlineAfter(leaseSeconds)})
    RETURNING id`);
  return rows.map(({ id }) => id);
}

/** Seconds of silence after which a trainer counts as offline. */
export const offlineAfter = (leaseSeconds: number) => leaseSeconds * 2;

/** Datasets that the trainer holds. */
export async function heldDatasets(tx: Tx, trainerId: string): Promise<Set<string>> {
  const rows = await tx.trainerDataset.findMany({ where: { trainerId }, select: { datasetId: true } });
  return new Set(rows.map(({ datasetId }) => datasetId));
}

/** The trainer's jobs that are to stop. */
export async function cancelledJobs(tx: Tx, trainerId: string): Promise<string[]> {
  const jobs = await tx.job.findMany({ where: { trainerId, state: 'RUNNING', cancelRequested: true }, select: { id: true } });
  return jobs.map(({ id }) => id);
}
