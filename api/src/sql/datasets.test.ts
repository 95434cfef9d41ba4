import { expect, it } from 'vitest';
import { connect, transact } from '../db.ts';
import { schedule, shapes, smallSpec, TestTrainer } from '../testing/fleet.ts';
import { useApi } from '../testing/suite.ts';
import { forgetUnheld } from './datasets.ts';

const suite = useApi();

it('a dataset that nobody holds and no run is of is forgotten after an hour', async () => {
  const named = (name: string) => ({ ...shapes, name });
  const key = 'changes-its-datasets';
  await TestTrainer.join(suite.api, { key, datasets: [shapes, named('held'), named('unheld')] });
  await schedule(suite.api, smallSpec);
  await TestTrainer.join(suite.api, { key, datasets: [named('held')] });
  const db = connect(suite.database.url);
  expect(await transact(db, forgetUnheld)).toBe(0);
  await db.dataset.updateMany({ data: { announcedAt: new Date(Date.now() - 3_601_000) } });
  expect(await transact(db, forgetUnheld)).toBe(1);
  expect((await db.dataset.findMany({ select: { name: true } })).map(({ name }) => name).sort()).toEqual([shapes.name, 'held'].sort());
  await db.$disconnect();
});
