import { settings } from '@studyhall/contract/settings/contract.ts';
import { describe, expect, it } from 'vitest';
import { inFormWords, settingName } from './name-setting.ts';

const name = (path: string) => settingName(settings, 'ScheduleRunsInput', path);
const words = (message: string) => inFormWords(settings, message);

describe('the name of a setting', () => {
  it.each([
    ['spec.method.distillation.teachers.0.run.runId', 'Distillation › Teacher 1 › One run › Run'],
    ['spec.method.mutual.teaching.teachers.1.trained.epochs', 'Mutual › Teachers beside the peers › Teacher 2 › Train one first › Epochs'],
    ['spec.networks.0.model', 'Network 0 › Model'],
    ['spec.networks', 'Networks'],
    ['spec.data.withheldClasses.1', 'Data › Withheld classes'],
    ['spec.training.optimizer.sgd.nesterov', 'Training › Optimizer › SGD › Nesterov'],
    ['seeds.0', 'Seeds'],
    ['experimentId', 'Experiment'],
    ['execution.maxFailures', 'Execution › Max failures'],
  ])('is as the form has it: %s', (path, expected) => expect(name(path)).toBe(expected));

  it('is that of the group, for what the contract does not know; of the whole none', () => {
    expect(name('spec.training.warmth')).toBe('Training');
    expect(name('spec')).toBe('');
    expect(name('elsewhere')).toBe('');
  });
});

describe('a message in the form', () => {
  it('names settings and choices as the form does', () => {
    expect(words('is BEST_VALIDATION, but data.validationFraction holds no image back.')).toBe(
      'is “Best validation”, but “Data › Validation fraction” holds no image back.',
    );
    expect(words('is "AT_ONCE"; allowed: ALTERNATING, SIMULTANEOUS.')).toBe('is "AT_ONCE"; allowed: “Alternating”, “Simultaneous”.');
  });

  it('leaves what only looks like one: numbers, file names, what was typed, words in capitals', () => {
    for (const message of ['is 0.5; at most 1e-8.', 'see docs.html', '"data.seed" is no model', 'runs on GPU or CPU.'])
      expect(words(message)).toBe(message);
  });
});
