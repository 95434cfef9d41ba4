import { leaseOf, schedule, type TestClaim, type TestTrainer } from '../../../api/src/testing/fleet.ts';
import { independentSpec } from '../../chaos/fleet/specs.ts';
import type { MeasuredHouse } from './house.ts';
import type { Lease } from './load/commits.ts';

export type Training = { lease: Lease; runId: string };

/** More than are committed while it is measured; the 2,000 that a run may have are soon used up. */
const epochs = 1_000_000;

/** A trainer that holds the dataset of the finished runs. */
export async function joinTrainer({ database, target }: MeasuredHouse): Promise<TestTrainer> {
  const datasets = await database.query(
    `SELECT name, hash, views, classes, train_size AS "trainSize", test_size AS "testSize" FROM datasets WHERE name = 'shapes-16'`,
  );
  return target.trainer({ datasets });
}

/** So many trainers, each with a run of one network that it has begun to train. */
export async function beginTraining(house: MeasuredHouse, trainers: number): Promise<Training[]> {
  const seeds = Array.from({ length: trainers }, (_, seed) => seed);
  const runs = await schedule(house.target.api(), independentSpec(2000), seeds);
  await house.database.query('ALTER TABLE runs DROP CONSTRAINT IF EXISTS runs_epochs');
  await house.database.query('UPDATE runs SET epochs = $1 WHERE id = ANY ($2)', [epochs, runs]);
  const claims: TestClaim[] = [];
  for (const _ of runs) claims.push(await (await joinTrainer(house)).claimOrFail());
  return claims.map((claim) => ({ lease: leaseOf(claim), runId: claim.runId }));
}

/** Ends these runs, as if a teammate had cancelled them. */
export async function endTraining({ target }: MeasuredHouse, training: readonly Training[]): Promise<void> {
  const api = target.api();
  await api.get('mutation ($ids: [ID!]!) { cancelRuns(ids: $ids) { id } }', { ids: training.map(({ runId }) => runId) }, target.key);
  for (const { lease } of training)
    await api.get(
      'mutation ($input: FailJobInput!) { failJob(input: $input) }',
      { input: { lease, error: 'cancelled', cancelled: true } },
      target.trainerToken,
    );
}
