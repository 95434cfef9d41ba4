import { settings } from '@studyhall/contract/settings/contract.ts';
import { inputType } from '@studyhall/contract/settings/settings.ts';
import { describe, expect, it } from 'vitest';
import { type Draft, draftOf } from '@/lib/contract/draft.ts';
import { readValue } from '@/lib/contract/read-value.ts';
import { english, separatorsOf } from '@/lib/numbers/separators.ts';
import { readForm } from './read-form.ts';

const fresh = () =>
  draftOf(settings, 'ScheduleRunsInput', {
    spec: {
      dataset: 'shapes-16',
      networks: [{ model: 'cnn' }],
      method: { mutual: {} },
      training: { schedule: { step: { milestones: [5] } } },
    },
    seeds: [1],
  });

/** The form with one more text typed into it. */
function typed(path: string, text: string): Draft {
  const draft = fresh();
  const steps = path.split('.');
  let group = draft as Record<string, unknown>;
  for (const step of steps.slice(0, -1)) group = group[step] as Record<string, unknown>;
  group[steps.at(-1) ?? ''] = text;
  return draft;
}

const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((group, step) => (group as Record<string, unknown> | undefined)?.[step], value);

describe('a number in the form', () => {
  it.each([
    ['spec.training.epochs', '1,000', 1000],
    ['spec.training.epochs', '20 epochs', 20],
    ['spec.data.trainSamples', '100,000', 100_000],
    ['spec.data.trainSamples', '8\u202f000', 8000],
    ['spec.data.withheldClasses', '3, 5', [3, 5]],
    ['spec.training.learningRate', '5e-2', 0.05],
    ['spec.training.learningRate', '0,05', 0.05],
    ['spec.training.schedule.step.milestones', '60,120,160', [60, 120, 160]],
    ['spec.method.mutual.temperature', '٤', 4],
    ['priority', '−5', -5],
    ['execution.maxFailures', '+5', 5],
    ['seeds', '1-3, 7', [1, 2, 3, 7]],
  ])('%s: %j is %j in what is checked and what is sent', (path, text, value) => {
    const { input, spec, seeds, problems } = readForm(typed(path, text));
    expect(problems).toEqual([]);
    expect(at(input, path)).toEqual(value);
    expect(at({ ...input, spec, seeds }, path)).toEqual(value);
  });

  it.each([
    ['spec.training.epochs', '1.000'],
    ['spec.training.epochs', '1,5'],
    ['spec.training.epochs', '0x10'],
    ['spec.training.epochs', '1e400'],
    ['spec.training.epochs', '20 steps'],
    ['spec.data.trainSamples', '1,00'],
    ['spec.data.withheldClasses', '1,000'],
    ['spec.training.learningRate', '0.1.2'],
    ['spec.training.learningRate', 'Infinity'],
    ['spec.training.learningRate', '1e-400'],
    ['spec.training.schedule.step.milestones', '1,000'],
    ['spec.method.mutual.weight', '1,000'],
    ['priority', '1,000'],
    ['seeds', '1,000'],
    ['seeds', '100,200'],
  ])('%s: %j is refused at its field, and nothing is sent in its place', (path, text) => {
    const { input, problems } = readForm(typed(path, text));
    expect(problems.map((problem) => problem.path)).toEqual([path]);
    expect(at(input, path) ?? []).toEqual([]);
  });

  it('goes by the reader’s language where that decides', () => {
    expect(readForm(typed('spec.training.epochs', '1.000'), separatorsOf('de')).spec).toMatchObject({ training: { epochs: 1000 } });
    expect(readForm(typed('spec.training.epochs', '1,000'), separatorsOf('de')).problems).toHaveLength(1);
  });

  it('shows and reads back an earlier run alike, whatever its figures and the reader’s language', () => {
    const spec = { dataset: 'd', networks: [{ model: 'cnn' }], method: { mutual: { weight: 1.125 } }, training: { learningRate: 1e-7 } };
    const draft = draftOf(settings, 'ScheduleRunsInput', { spec, seeds: [1000, 2000], tags: ['two words', 'b'] });
    for (const locale of ['en', 'de', 'fr', 'de-CH', 'ar-EG', 'en-IN']) {
      const { input, problems } = readForm(draft, separatorsOf(locale));
      expect(problems).toEqual([]);
      expect(input).toMatchObject({ spec, seeds: [1000, 2000], tags: ['two words', 'b'] });
    }
  });
});

describe('what is said back', () => {
  const field = (type: string, name: string) => {
    const found = inputType(settings, type).fields.find((candidate) => candidate.name === name);
    if (!found) throw new Error(`${type} has no ${name}`);
    return found;
  };
  const understood = (type: string, name: string, text: string, separators = english) =>
    readValue(field(type, name), text, separators).understood;

  it('is the number as it was understood, with its unit, wherever there was something to understand', () => {
    expect(understood('TrainingInput', 'epochs', '1,000')).toBe('1,000 epochs');
    expect(understood('TrainingInput', 'epochs', '1e3')).toBe('1,000 epochs');
    expect(understood('DataInput', 'trainSamples', '8\u202f000')).toBe('8,000 images');
    expect(understood('StepScheduleInput', 'milestones', '60 120')).toBe('60, 120 epochs');
    expect(understood('TrainingInput', 'learningRate', '0,05')).toBe('0.05');
  });

  it('is the number where the reader’s language made another one of a plain text', () => {
    const german = separatorsOf('de');
    expect(understood('TrainingInput', 'epochs', '1.000', german)).toBe('1,000 epochs');
    expect(understood('DataInput', 'withheldClasses', '1.000', german)).toBe('1000');
    expect(understood('TrainingInput', 'gradientClipping', '1.125', german)).toBe('1125');
    expect(understood('TrainingInput', 'gradientClipping', '1.1250', german)).toBeNull();
  });

  it('is nothing where the text is plain, or no number', () => {
    for (const text of ['20', '1.000', 'x', '0']) expect(understood('TrainingInput', 'epochs', text)).toBeNull();
    for (const text of ['0.05', '0.050', '1']) expect(understood('TrainingInput', 'learningRate', text)).toBeNull();
  });
});
