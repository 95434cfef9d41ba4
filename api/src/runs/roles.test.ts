import { describe, expect, it } from 'vitest';
import { schedule, smallSpec, TestTrainer } from '../testing/fleet.ts';
import { useApi } from '../testing/suite.ts';

describe('the networks of a run', () => {
  const suite = useApi();

  async function roles(method: object): Promise<string[]> {
    const [id] = await schedule(suite.api, { ...smallSpec, networks: [{ model: 'cnn' }, { model: 'cnn' }], method }, [1]);
    const { run } = await suite.api.get<{ run: { networks: { role: string }[] } }>(
      'query ($id: ID!) { run(id: $id) { networks { role } } }',
      { id },
    );
    return run.networks.map(({ role }) => role);
  }

  it('are peers where they learn from each other, else students', async () => {
    await TestTrainer.join(suite.api);
    const teachers = [{ trained: { network: { model: 'cnn-32' }, epochs: 1 } }];
    expect(await roles({ independent: {} })).toEqual(['STUDENT', 'STUDENT']);
    expect(await roles({ confidencePenalty: {} })).toEqual(['STUDENT', 'STUDENT']);
    expect(await roles({ distillation: { teachers } })).toEqual(['STUDENT', 'STUDENT', 'TEACHER']);
    expect(await roles({ mutual: { teaching: { teachers } } })).toEqual(['PEER', 'PEER', 'TEACHER']);
  });
});
