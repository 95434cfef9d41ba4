import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, type Db } from '../db.ts';
import type { BoardFilter, BoardPage } from '../sql/leaderboard.ts';
import { readRecords } from '../testing/board-records.ts';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { insertManyRuns } from '../testing/many-runs.ts';

const everything: BoardFilter = { members: 'ALL', includeTeachers: true, minSeeds: 0 };

describe('a page of the leaderboard', () => {
  let database: TestDatabase;
  let db: Db;
  beforeAll(async () => {
    database = await createTestDatabase();
    db = connect(database.url);
    // Twelve groups of five seeds, three rows each; four of them are INDEPENDENT.
    await insertManyRuns(database, 60);
    await database.query(`UPDATE networks SET parameters = NULL WHERE index = 1`);
    await database.query(`INSERT INTO measurements (run_id, network, measure, split, value)
      SELECT run_id, index, 'entropy', 'TEST', validation_accuracy FROM networks WHERE index = 0`);
    await database.query(`INSERT INTO experiments (id, slug, title) VALUES ('exp_1', 'one-question', 'Does Ünlü help 100 %?')`);
    await database.query(`UPDATE runs SET experiment_id = 'exp_1', tags = '{Nightly}' WHERE id = 'run_00000007'`);
  });
  afterAll(async () => {
    await db.$disconnect();
    await database.drop();
  });

  const read = (page: Partial<Omit<BoardPage, 'filter'>> & { filter?: Partial<BoardFilter> }) =>
    readRecords(db, { sort: 'LABEL', direction: 'ASC', offset: 0, limit: 100, ...page, filter: { ...everything, ...page.filter } });
  const places = (rows: Awaited<ReturnType<typeof read>>) => rows.map(({ group_key, index }) => `${group_key} ${index}`);
  const mean = (values: readonly (number | null)[]) => {
    const known = values.filter((value) => value !== null);
    return known.length > 0 ? known.reduce((sum, value) => sum + value, 0) / known.length : null;
  };

  const sorts = [
    ['VALIDATION_ACCURACY', 36],
    ['TEST_ACCURACY', 36],
    ['VALIDATION_GAIN', 24],
    ['PARAMETERS', 24],
    ['SEEDS', 36],
    ['LABEL', 36],
    [{ measure: 'entropy', split: 'TEST' }, 12],
    [{ measure: 'accuracy', split: 'VALIDATION', column: 'accuracy' }, 36],
    [{ measure: 'nobody has this', split: 'TEST' }, 0],
  ] as const;
  it.each(sorts)('by %o comes whole in any pages, rows without a figure last by label, either way', async (sort, valued) => {
    for (const direction of ['ASC', 'DESC'] as const) {
      const whole = await read({ sort, direction });
      expect(new Set(places(whole)).size).toBe(36);
      expect(new Set(whole.map(({ total }) => total))).toEqual(new Set([36]));
      const paged = [];
      for (let offset = 0; offset < 40; offset += 7) paged.push(...(await read({ sort, direction, offset, limit: 7 })));
      expect(places(paged)).toEqual(places(whole));
      const bare = whole.slice(valued).map(({ label }) => label);
      expect(bare).toEqual([...bare].sort());
    }
    expect(await read({ sort, offset: 36 })).toEqual([]);
  });

  it('is in the order of the means that its rows show', async () => {
    const figures = {
      VALIDATION_ACCURACY: ({ points }: Awaited<ReturnType<typeof read>>[number]) => mean(points.map((point) => point.validationAccuracy)),
      TEST_ACCURACY: ({ points }: Awaited<ReturnType<typeof read>>[number]) => mean(points.map((point) => point.testAccuracy)),
      VALIDATION_GAIN: ({ points }: Awaited<ReturnType<typeof read>>[number]) =>
        mean(points.map(({ validationAccuracy, twin }) => (twin ? (validationAccuracy ?? 0) - (twin.validationAccuracy ?? 0) : null))),
    };
    for (const [sort, figure] of Object.entries(figures) as [keyof typeof figures, (typeof figures)[keyof typeof figures]][]) {
      const shown = (await read({ sort, direction: 'DESC' })).map(figure).filter((value) => value !== null);
      expect(shown.length).toBeGreaterThan(20);
      expect(shown).toEqual([...shown].sort((a, b) => b - a));
    }
  });

  const searches: readonly [what: string, filter: Partial<BoardFilter>, rows: number][] = [
    ['nothing', { search: 'there is no such run' }, 0],
    ['nothing, in a million characters', { search: 'x'.repeat(1_000_000) }, 0],
    ['everything', { search: 'GROUP' }, 36],
    ['a tag of one run, whatever its case', { search: 'nightly' }, 3],
    ['the title of an experiment, beyond ASCII', { search: 'does ünlü' }, 3],
    ['what LIKE would take for a wildcard, as it is', { search: '0 %' }, 3],
    ['not a wildcard', { search: 'group_1' }, 0],
    ['a model', { search: 'RESNET' }, 36],
    ['of an experiment', { experimentId: 'exp_1' }, 3],
    ['of no experiment there is', { experimentId: 'exp_2' }, 0],
    ['one model alone: its networks, and ensembles with it', { models: ['cnn'] }, 24],
    ['of no models', { models: [] }, 0],
    ['of methods', { methods: ['MUTUAL', 'INDEPENDENT'], members: 'NETWORKS' }, 16],
    ['of many seeds', { minSeeds: 6 }, 0],
    ['of the most seeds there can be', { minSeeds: 2_147_483_647 }, 0],
    ['of a dataset', { dataset: 'shapes-16', trainSamples: 3600 }, 36],
    ['of a dataset that nobody has', { dataset: 'shapes-17' }, 0],
    ['of groups', { groupKeys: ['no key'] }, 0],
  ];
  it.each(searches)('finds %s', async (_what, filter, rows) => {
    const found = await read({ filter });
    expect(found).toHaveLength(rows);
    expect(found.every(({ total }) => total === rows)).toBe(true);
  });

  it('takes equal bytes under two names for one dataset: one row, one name, found under either', async () => {
    const before = places(await read({}));
    await database.query(`INSERT INTO datasets (id, name, hash, views, classes, train_size, test_size)
      SELECT 'data_0', 'renamed', hash, views, classes, train_size, test_size FROM datasets`);
    await database.query(`UPDATE runs SET dataset_id = 'data_0' WHERE seed IN (1, 3)`);
    const rows = await read({});
    expect(places(rows)).toEqual(before);
    expect(rows.map(({ n, repeats }) => [n, repeats])).toEqual(before.map(() => [5, 0]));
    expect(new Set(rows.map(({ dataset_id }) => dataset_id))).toEqual(new Set(['data_1']));
    for (const dataset of ['renamed', 'shapes-16']) expect(places(await read({ filter: { dataset } }))).toEqual(before);
  });
});
