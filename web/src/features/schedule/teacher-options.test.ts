import { describe, expect, it } from 'vitest';
import type { TeachingRowFragment, TeachingRunFragment } from '@/generated/graphql.ts';
import { modelsFirst, rowOption, runOptions } from './teacher-options.ts';

const dataset = { id: 'data_1', name: 'shapes-16' };
const network = (index: number, validationAccuracy: number | null, role: 'PEER' | 'TEACHER' = 'PEER') => ({
  id: `net_${index}`,
  index,
  role,
  model: { id: 'model_1', name: 'cnn' },
  result: validationAccuracy === null ? null : { selectedEpoch: 3, validationAccuracy, testAccuracy: 0.5 },
});

describe('who may teach', () => {
  it('is each network of a run, with model, accuracy, dataset and state', () => {
    const run = { id: 'run_1', label: 'DML · cnn ×2', seed: 4, state: 'RUNNING', dataset, networks: [network(0, 0.624), network(1, null)] };
    const of = { of: 'run_1', group: 'DML · cnn ×2' };
    expect(runOptions(run as TeachingRunFragment)).toEqual([
      { ...of, network: 0, label: 'DML · cnn ×2 · seed 4 · network 0', detail: 'cnn · 62.4 % validation · shapes-16 · running' },
      { ...of, network: 1, label: 'DML · cnn ×2 · seed 4 · network 1', detail: 'cnn · shapes-16 · running' },
    ]);
  });

  it('is first who is of the model that was typed, not who stands beside it', () => {
    const options = ['cnn · 63 % validation', 'cnn-32 · 70 % validation', 'cnn · 61 % validation'].map((detail, network) => ({
      of: 'run_1',
      network,
      group: 'KD · cnn-32 → cnn',
      label: 'KD · cnn-32 → cnn',
      detail,
    }));
    expect(modelsFirst(options, ' KD CNN-32').map(({ network }) => network)).toEqual([1, 0, 2]);
    expect(modelsFirst(options, '').map(({ network }) => network)).toEqual([0, 1, 2]);
  });

  it('is a group’s network, with its mean over seeds and which these are; on test where nothing was held back', () => {
    const counts = { total: 4, blocked: 0, queued: 1, running: 0, succeeded: 3, failed: 0, cancelled: 0 };
    const statistic = { mean: 0.615, sd: 0.022, n: 3 };
    const row = {
      id: 'r',
      groupKey: 'k',
      networkIndex: 1,
      role: 'PEER',
      label: 'DML',
      models: ['cnn'],
      n: 3,
      seeds: [1, 2, 3],
      dataset,
      counts,
    };
    expect(rowOption({ ...row, validationAccuracy: statistic, testAccuracy: null } as TeachingRowFragment)).toEqual({
      of: 'k',
      network: 1,
      group: 'DML',
      label: 'DML · network 1',
      detail: 'cnn · 61.5 ± 2.2 % validation · shapes-16 · seeds 1–3 · 1 not ended yet',
    });
    const onTest = rowOption({ ...row, validationAccuracy: null, testAccuracy: statistic } as TeachingRowFragment);
    expect(onTest.detail).toContain('61.5 ± 2.2 % test');
  });
});
