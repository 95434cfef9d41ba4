import { describe, expect, it } from 'vitest';
import { schedule, smallSpec, TestTrainer } from '../testing/fleet.ts';
import { useApi } from '../testing/suite.ts';

type Page = {
  runs: {
    totalCount: number;
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
    edges: { node: { id: string; seed: number; state: string } }[];
  };
};

describe('the list of runs', () => {
  const suite = useApi({ LEASE_SECONDS: '60' });
  const list = async (args: string): Promise<Page['runs']> => {
    const query = `{ runs(${args}) { totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { node { id seed state } } } }`;
    return (await suite.api.get<Page>(query)).runs;
  };
  const seeds = (page: Page['runs']) => page.edges.map(({ node }) => node.seed);

  it('is read in pages, forwards and backwards, each run once, whatever the sorting', async () => {
    const trainer = await TestTrainer.join(suite.api);
    await schedule(suite.api, smallSpec, [1, 2, 3, 4, 5, 6, 7]);
    await schedule(suite.api, { ...smallSpec, training: { epochs: 2 } }, [8, 9], { priority: 3, tags: ['vip'], note: '100 % sure_thing' });
    await trainer.claimOrFail();
    await trainer.complete(await trainer.claimOrFail(), [0.8]);
    for (const sort of ['CREATED', 'STARTED', 'FINISHED', 'PRIORITY', 'VALIDATION_ACCURACY', 'ACTIVITY'])
      for (const direction of ['ASC', 'DESC']) {
        const whole = seeds(await list(`sort: ${sort}, direction: ${direction}`));
        expect([...whole].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
        const forwards: number[] = [];
        let after = '';
        for (;;) {
          const page = await list(`sort: ${sort}, direction: ${direction}, first: 4${after}`);
          forwards.push(...seeds(page));
          expect(page.totalCount).toBe(9);
          if (!page.pageInfo.hasNextPage) break;
          after = `, after: "${page.pageInfo.endCursor}"`;
        }
        expect(forwards).toEqual(whole);
        const end = await list(`sort: ${sort}, direction: ${direction}, last: 4`);
        expect(seeds(end)).toEqual(whole.slice(-4));
        const before = await list(`sort: ${sort}, direction: ${direction}, last: 4, before: "${end.pageInfo.startCursor}"`);
        expect(seeds(before)).toEqual(whole.slice(-8, -4));
      }
  });

  it('takes a cursor of no run there can be for a place before or behind all', async () => {
    const cursorOf = (...place: unknown[]) => Buffer.from(JSON.stringify(place)).toString('base64url');
    for (const sort of ['CREATED', 'FINISHED', 'VALIDATION_ACCURACY', 'ACTIVITY'])
      for (const keys of [
        [1e300, 1e300],
        [-1e300, -1e300],
        [3, 1e300],
        [3, -1e300],
      ]) {
        const cursor = cursorOf(...keys, 0, 'run_x');
        const [after, before] = [
          await list(`sort: ${sort}, first: 9, after: "${cursor}"`),
          await list(`sort: ${sort}, last: 9, before: "${cursor}"`),
        ];
        expect([...seeds(after), ...seeds(before)].sort(), `${sort} ${keys}`).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
      }
  });

  it('shows by activity what runs, then what is next, then what has ended', async () => {
    const page = await list('sort: ACTIVITY');
    expect(page.edges.map(({ node }) => node.state)).toEqual(['RUNNING', ...Array.from({ length: 7 }, () => 'QUEUED'), 'SUCCEEDED']);
    expect(seeds(page).slice(1, 8)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('is filtered by state, method, dataset, model, tag, trainer, group and text', async () => {
    const { edges } = await list('filter: { states: [SUCCEEDED] }');
    expect(edges.length).toBe(1);
    const counts = async (filter: string) => (await list(`filter: { ${filter} }`)).totalCount;
    expect(await counts('states: [QUEUED, RUNNING]')).toBe(8);
    expect(await counts('methods: [MUTUAL]')).toBe(0);
    expect(await counts('dataset: "shapes-16", model: "cnn"')).toBe(9);
    expect(await counts('dataset: "cifar-10"')).toBe(0);
    expect(await counts('tag: "vip"')).toBe(2);
    expect(await counts('search: "100 % SURE_"')).toBe(2);
    expect(await counts('search: "100_%"')).toBe(0);
    expect(await counts(`search: "${edges[0]?.node.id}"`)).toBe(1);
    expect(await counts('archived: true')).toBe(0);
    expect(await counts('archived: null')).toBe(await counts(''));
  });
});
