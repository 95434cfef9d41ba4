import { expect, it } from 'vitest';
import { countDemand } from '../sql/demand.ts';
import { findRoom } from '../sql/seeds.ts';
import { schedule, smallSpec, TestTrainer } from '../testing/fleet.ts';
import { useDatabase } from '../testing/rules-suite.ts';
import { queue } from '../testing/standing.ts';

const suite = useDatabase();

it('a run on TensorFlow by name goes to the trainer that offers it, and to no other; without such a name that trainer takes none', async () => {
  const compiled = await TestTrainer.join(suite.house);
  const tensorflow = await TestTrainer.join(suite.house, { engines: ['tfjs-node'] });
  const [named] = await schedule(suite.house, smallSpec, [1], { execution: { engine: 'TFJS_NODE' } });
  const [any] = await schedule(suite.house, smallSpec, [2]);
  const [onGpu] = await schedule(suite.house, smallSpec, [3], { execution: { engine: 'TFJS_NODE_GPU' } });
  expect(await countDemand(suite.db, 'tfjs-node', undefined)).toEqual({ queued: 1, running: 0 });
  expect(await countDemand(suite.db, 'tfjs-node-gpu', undefined)).toEqual({ queued: 2, running: 0 });
  expect(await countDemand(suite.db, 'compiled-cpu', undefined)).toEqual({ queued: 1, running: 0 });
  const { datasetId } = await suite.db.run.findUniqueOrThrow({ where: { id: named as string } });
  expect(
    await Promise.all(['AUTO', 'TFJS_NODE', 'TFJS_NODE_GPU'].map(async (own) => (await findRoom(suite.db, datasetId, own)).slots)),
  ).toEqual([2, 2, 0]);
  expect((await tensorflow.claimOrFail()).runId).toBe(named);
  expect(await tensorflow.claim()).toBeNull();
  expect((await compiled.claimOrFail()).runId).toBe(any);
  expect((await queue(suite.db)).map(({ id }) => id)).toEqual([onGpu]);
  const { engines } = await suite.db.trainer.findUniqueOrThrow({ where: { id: tensorflow.id } });
  expect(engines).toEqual(['tfjs-node']);
});

it('says of a run that may run anywhere why it does not, where there is TensorFlow on a CPU alone', async () => {
  await suite.database.query(`UPDATE trainers SET "left" = true WHERE 'compiled-cpu' = ANY (engines)`);
  const [run] = await schedule(suite.house, smallSpec, [9]);
  expect((await queue(suite.db)).find(({ id }) => id === run)?.reason).toMatch(
    /takes runs that do not ask for its engine by name \(tfjs-node\)/,
  );
});
