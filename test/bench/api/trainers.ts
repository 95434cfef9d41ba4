import { leaseOf, schedule, type TestClaim } from '../../../api/src/testing/fleet.ts';
import { independentSpec } from '../../chaos/fleet/specs.ts';
import type { MeasuredHouse } from './house.ts';
import type { Lease } from './load/commits.ts';

/** More than are committed while it is measured; the 2,000 that a run may have are soon used up. */
const epochs = 1_000_000;

/** So many trainers, each with a run of one network that it has begun to train. */
export async function beginTraining({ database, target }: MeasuredHouse, trainers: number): Promise<Lease[]> {
  const seeds = Array.from({ length: trainers }, (_, seed) => seed);
  const runs = await schedule(target.api(), independentSpec(2000), seeds);
  await database.query('ALTER TABLE runs DROP CONSTRAINT IF EXISTS runs_epochs');
  await database.query('UPDATE runs SET epochs = $1 WHERE id = ANY ($2)', [epochs, runs]);
  const datasets = await database.query(
    `SELECT name, hash, views, classes, train_size AS "trainSize", test_size AS "testSize" FROM datasets WHERE name = 'shapes-16'`,
  );
  const claims: TestClaim[] = [];
  for (const _ of runs) claims.push(await (await target.trainer({ datasets })).claimOrFail());
  return claims.map(leaseOf);
}

/** Ends these runs. */
export async function endTraining({ database }: MeasuredHouse, leases: readonly Lease[]): Promise<void> {
  await database.query(`UPDATE jobs SET state = 'CANCELLED', finished_at = now(), lease_expires_at = NULL WHERE id = ANY ($1)`, [
    leases.map(({ jobId }) => jobId),
  ]);
}
