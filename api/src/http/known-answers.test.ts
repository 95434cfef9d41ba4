import { expect, it } from 'vitest';
import { schedule, smallSpec, TestTrainer } from '../testing/fleet.ts';
import { useApi } from '../testing/suite.ts';

const suite = useApi();

type Board = { leaderboard: { totalCount: number; rowIds: string[]; edges: { cursor: string; node: Record<string, unknown> }[] } };

const fields = `groupKey label n seeds dataset { name } experiment { title } validationAccuracy { mean sd n interval }
  points { seed validationAccuracy } measurements(split: VALIDATION) { measure { name } statistic { mean n } } counts { total queued succeeded }`;
const rows = (sort: string, more = '') =>
  `{ leaderboard(sort: ${sort}) { totalCount rowIds edges { cursor node { ${fields} ${more} } } } }`;

/** A page as it is answered again and again, and as it is answered with something that is asked anew each time. */
async function expectAsAnew(sort = 'LABEL'): Promise<Board['leaderboard']> {
  const { leaderboard } = await suite.api.get<Board>(rows(sort));
  const { leaderboard: anew } = await suite.api.get<Board>(rows(sort, 'runs { seed }'));
  for (const { node } of anew.edges) delete node.runs;
  expect(leaderboard).toEqual(anew);
  return leaderboard;
}

it('a page is answered as if nothing of it were known, whatever has changed since', async () => {
  const trainer = await TestTrainer.join(suite.api);
  const {
    createExperiment: { id },
  } = await suite.api.get<{ createExperiment: { id: string } }>('mutation { createExperiment(title: "First") { id } }', {}, suite.api.key);
  await schedule(suite.api, smallSpec, [1, 2]);
  await schedule(suite.api, { ...smallSpec, training: { epochs: 2 } }, [1], { experimentId: id });
  expect((await expectAsAnew()).totalCount).toBe(2);
  for (const accuracy of [0.5, 0.25, 0.75]) {
    await trainer.complete(await trainer.claimOrFail(), [accuracy]);
    await expectAsAnew();
  }
  // In another order, under other cursors, the same rows are known.
  const [first] = (await expectAsAnew('VALIDATION_ACCURACY')).edges;
  expect(first?.node.validationAccuracy).toMatchObject({ mean: 0.75, n: 1 });
  await suite.api.get('mutation ($id: ID!) { updateExperiment(id: $id, title: "Renamed") { id } }', { id }, suite.api.key);
  const titles = (await expectAsAnew()).edges.map(({ node }) => (node.experiment as { title: string } | null)?.title);
  expect(titles.sort()).toEqual(['Renamed', undefined]);
});
