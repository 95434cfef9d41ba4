import { describe, expect, it } from 'vitest';
import { settings } from '@/generated/settings.ts';
import type { JsonValue } from '@/lib/contract/settings.ts';
import { specLines } from './spec-lines.ts';

const spec: JsonValue = {
  dataset: 'shapes-16',
  networks: [{ model: 'resnet-8', view: 'rgb' }, { model: 'cnn' }],
  method: { mutual: { weight: 1, temperature: 2 } },
  training: { epochs: 20, batchSize: 32 },
  bygone: 7,
};

describe('a readable specification', () => {
  const lines = specLines(settings, 'RunSpecInput', spec);
  const at = (path: string) => lines.find((line) => line.path === path);

  it('names units, and tells defaults from choices', () => {
    expect(at('training.epochs')).toMatchObject({ value: '20 epochs', isDefault: true });
    expect(at('training.batchSize')).toMatchObject({ value: '32 images', isDefault: false });
  });

  it('puts a choice of several on one line and its settings below', () => {
    expect(at('method')).toMatchObject({ value: 'Mutual', depth: 0 });
    expect(at('method.mutual.temperature')).toMatchObject({ value: '2', depth: 1, isDefault: false });
  });

  it('puts a network on one line', () => {
    expect(at('networks.0')).toMatchObject({ label: 'Network 0', value: 'resnet-8, rgb' });
    expect(at('networks.1')).toMatchObject({ value: 'cnn' });
  });

  it('puts each of several teachers on a line of its own', () => {
    const teachers: JsonValue = [{ group: { groupKey: 'k', network: 1 } }, { trained: { network: { model: 'cnn-32' }, epochs: 5 } }];
    const taught = specLines(settings, 'RunSpecInput', { method: { distillation: { teachers, target: 'HARD' } } });
    const line = (path: string) => taught.find((each) => each.path === `method.distillation.${path}`);
    expect(line('teachers.0')).toMatchObject({ label: '1', value: 'A group, same seed', depth: 2 });
    expect(line('teachers.0.group.network')).toMatchObject({ value: '1', depth: 3 });
    expect(line('teachers.1')).toMatchObject({ label: '2', value: 'Train one first' });
    expect(line('teachers.1.trained.network.model')).toMatchObject({ value: 'cnn-32' });
    expect(line('target')).toMatchObject({ value: 'Hard', isDefault: false });
  });

  it('shows what the contract no longer knows', () => {
    expect(lines.at(-1)).toMatchObject({ path: 'bygone', value: '7' });
  });
});
