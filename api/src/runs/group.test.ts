import { describe, expect, it } from 'vitest';
import { schedule, smallSpec, TestTrainer } from '../testing/fleet.ts';
import { useDatabase } from '../testing/rules-suite.ts';
import { useApi } from '../testing/suite.ts';
import { archiveRuns } from './control.ts';

describe('a group', () => {
  const suite = useApi({ LEASE_SECONDS: '60' });
  const rules = useDatabase({}, suite);
  const read = async (key: string) => {
    const query = `query ($key: String!) { group(key: $key) { label method dataset { name } spec archivedCount runs { seed } rows { n networkIndex } twin { label } } }`;
    return (await suite.api.get<{ group: object | null }>(query, { key })).group;
  };

  it('is its runs by seed, with what they share and what it is held against', async () => {
    const trainer = await TestTrainer.join(rules.house);
    const [first = ''] = await schedule(rules.house, { ...smallSpec, method: { confidencePenalty: {} } }, [2, 1]);
    await trainer.complete(await trainer.claimOrFail(), [0.5]);
    const { groupKey } = await rules.db.run.findUniqueOrThrow({ where: { id: first } });
    expect(await read(groupKey)).toMatchObject({
      label: 'Penalty · cnn · β 0.1 · 3 epochs',
      method: 'CONFIDENCE_PENALTY',
      dataset: { name: 'shapes-16' },
      spec: { training: { epochs: 3 } },
      archivedCount: 0,
      runs: [{ seed: 1 }, { seed: 2 }],
      rows: [{ n: 1, networkIndex: 0 }],
      twin: null,
    });
    await schedule(rules.house, smallSpec, [1]);
    await rules.inTransaction((tx) => archiveRuns(tx, [first], true));
    expect(await read(groupKey)).toMatchObject({ archivedCount: 1, runs: [{ seed: 1 }], twin: { label: 'Independent · cnn · 3 epochs' } });
    expect(await read('none')).toBeNull();
  });

  it('names who teaches in its latest run', async () => {
    const [teacher = ''] = await schedule(rules.house, smallSpec, [3]);
    const { groupKey } = await rules.db.run.findUniqueOrThrow({ where: { id: teacher } });
    const taught = { ...smallSpec, method: { distillation: { teachers: [{ group: { groupKey } }] } } };
    const [student = ''] = await schedule(rules.house, taught, [3]);
    const { groupKey: key } = await rules.db.run.findUniqueOrThrow({ where: { id: student } });
    const query = 'query ($key: String!) { group(key: $key) { teachers { position run { id label seed } } } }';
    const { group } = await suite.api.get<{ group: object }>(query, { key });
    expect(group).toEqual({ teachers: [{ position: 0, run: { id: teacher, label: 'Independent · cnn · 3 epochs', seed: 3 } }] });
  });

  it('and lists of runs know which have ended lately', async () => {
    const ended = async (seconds: number) =>
      (
        await suite.api.get<{ runs: { totalCount: number } }>(
          `{ runs(filter: { endedWithin: ${seconds}, archived: true }) { totalCount } }`,
        )
      ).runs;
    expect(await ended(3600)).toEqual({ totalCount: 1 });
    await suite.database.query(`UPDATE jobs SET finished_at = finished_at - interval '2 h'`);
    expect(await ended(3600)).toEqual({ totalCount: 0 });
    expect(await ended(10_000)).toEqual({ totalCount: 1 });
  });
});
