import { describe, expect, it } from 'vitest';
import { schedule, smallSpec, TestTrainer } from '../testing/fleet.ts';
import { useDatabase } from '../testing/rules-suite.ts';

describe('the networks of a run', () => {
  const suite = useDatabase();

  async function roles(method: object): Promise<string[]> {
    const [runId = ''] = await schedule(suite.house, { ...smallSpec, networks: [{ model: 'cnn' }, { model: 'cnn' }], method }, [1]);
    const networks = await suite.db.network.findMany({ where: { runId }, orderBy: { index: 'asc' } });
    return networks.map(({ role }) => role);
  }

  it('are peers where they learn from each other, else students', async () => {
    await TestTrainer.join(suite.house);
    const teachers = [{ trained: { network: { model: 'cnn-32' }, epochs: 1 } }];
    expect(await roles({ independent: {} })).toEqual(['STUDENT', 'STUDENT']);
    expect(await roles({ confidencePenalty: {} })).toEqual(['STUDENT', 'STUDENT']);
    expect(await roles({ distillation: { teachers } })).toEqual(['STUDENT', 'STUDENT', 'TEACHER']);
    expect(await roles({ mutual: { teaching: { teachers } } })).toEqual(['PEER', 'PEER', 'TEACHER']);
  });
});
