import { settings } from '@studyhall/contract/settings/contract.ts';
import type { JsonValue } from '@studyhall/contract/settings/settings.ts';
import { describe, expect, it } from 'vitest';
import { specLines } from './spec-lines.ts';

const spec: JsonValue = {
  dataset: 'shapes-16',
  networks: [
    { model: 'resnet-8', view: 'rgb' },
    { model: 'cnn', dropout: 0.3 },
  ],
  method: { mutual: { weight: 1, temperature: 2 } },
  training: {
    epochs: 20,
    batchSize: 32,
    optimizer: { adamw: { beta1: 0.9, epsilon: 1e-8, weightDecay: 0.1 } },
    gradientClipping: null,
    labelSmoothing: 0.1,
  },
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
    expect(at('networks.1')).toMatchObject({ value: 'cnn, dropout 0.3' });
  });

  it('names the optimizer and its settings, and leaves out what is not set', () => {
    expect(at('training.optimizer')).toMatchObject({ value: 'AdamW', isDefault: false });
    expect(at('training.optimizer.adamw.epsilon')).toMatchObject({ value: '1e-8', isDefault: true });
    expect(at('training.optimizer.adamw.weightDecay')).toMatchObject({ value: '0.1', isDefault: false });
    expect(at('training.labelSmoothing')).toMatchObject({ value: '0.1', isDefault: false });
    expect(at('training.gradientClipping')).toBeUndefined();
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

  it('says none where a list is empty, and writes counts with their thousands', () => {
    const found = specLines(settings, 'RunSpecInput', { data: { trainSamples: 12_000, withheldClasses: [], splitSeed: 4321 } });
    expect(found.find(({ path }) => path === 'data.withheldClasses')).toMatchObject({ value: 'none', isDefault: true });
    expect(found.find(({ path }) => path === 'data.trainSamples')?.value).toBe('12,000 images');
    expect(found.find(({ path }) => path === 'data.splitSeed')?.value).toBe('4321');
  });

  it('shows what the contract no longer knows', () => {
    expect(lines.at(-1)).toMatchObject({ path: 'bygone', value: '7' });
  });
});
