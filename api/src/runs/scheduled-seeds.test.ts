import { describe, expect, it } from 'vitest';
import { schedule, smallSpec, TestTrainer } from '../testing/fleet.ts';
import { useApi } from '../testing/suite.ts';

describe('seeds that are scheduled already', () => {
  const suite = useApi();
  const seedsOf = async (spec: object) => {
    const ask = 'query ($spec: JSON!) { scheduledSeeds(spec: $spec) }';
    return (await suite.api.get<{ scheduledSeeds: number[] }>(ask, { spec })).scheduledSeeds;
  };
  const withheld = (...withheldClasses: number[]) => ({ ...smallSpec, data: { withheldClasses } });

  it('are those of exactly this group, however its spec is written', async () => {
    await TestTrainer.join(suite.api);
    await schedule(suite.api, withheld(1, 0), [3, 1]);
    await schedule(suite.api, smallSpec, [7]);
    expect(await seedsOf(withheld(0, 1))).toEqual([1, 3]);
    expect(await seedsOf({ ...withheld(0, 1), networks: [{ model: 'cnn', view: 'rgb', dropout: 0 }] })).toEqual([1, 3]);
    expect(await seedsOf(withheld(0, 2))).toEqual([]);
    expect(await seedsOf({ ...withheld(0, 1), training: { ...smallSpec.training, learningRate: 0.07 } })).toEqual([]);
  });

  it('leave out runs that were cancelled or archived', async () => {
    const spec = { ...smallSpec, training: { epochs: 9 } };
    const [, second = '', third = ''] = await schedule(suite.api, spec, [1, 2, 3]);
    const ids = [second, third];
    await suite.api.get('mutation ($ids: [ID!]!) { cancelRuns(ids: $ids) { id } }', { ids }, suite.api.key);
    await suite.api.get('mutation ($ids: [ID!]!) { archiveRuns(ids: $ids) { id } }', { ids: [third] }, suite.api.key);
    expect(await seedsOf(spec)).toEqual([1]);
  });

  it('are none where the spec would be refused, whatever is wrong with it', async () => {
    for (const spec of [{}, { ...smallSpec, dataset: 'elsewhere' }, { ...smallSpec, training: { epochs: 0 } }])
      expect(await seedsOf(spec)).toEqual([]);
  });
});
