import { settings } from '@studyhall/contract/settings/contract.ts';
import { describe, expect, it } from 'vitest';
import { type Draft, draftOf } from '@/lib/contract/draft.ts';
import { atFormPath, readForm } from './read-form.ts';

describe('the form', () => {
  it('reads as the input of scheduleRuns', () => {
    const draft = draftOf(settings, 'ScheduleRunsInput', {
      spec: { dataset: 'shapes-16', networks: [{ model: 'cnn' }], method: { independent: {} } },
    });
    const { input, problems } = readForm({ ...draft, seeds: '1-2', tags: 'a, b' });
    expect(problems).toEqual([]);
    expect(input).toMatchObject({ seeds: [1, 2], tags: ['a', 'b'], spec: { dataset: 'shapes-16', networks: [{ model: 'cnn' }] } });
  });

  it('names what networks are held against where a question does that, and keeps it to itself elsewhere', () => {
    const draft = draftOf(settings, 'ScheduleRunsInput', { spec: { dataset: 'shapes-16', networks: [{ model: 'cnn' }] }, seeds: [1] });
    const against = { ...draft, reference: 'k', referenceNetwork: '1' };
    const asked = (questions: Draft[]) => readForm({ ...against, questions }).input;
    expect(asked([{ entropy: {} }, { equivalentTemperature: {} }])).toMatchObject({ reference: 'k', referenceNetwork: 1 });
    expect(Object.keys(asked([{ flatness: draftOf(settings, 'FlatnessInput') }]))).not.toContain('reference');
    expect(readForm({ ...against, referenceNetwork: 'second' }).problems).toEqual([]);
  });

  it('asks for the seeds once, in its own words', () => {
    const draft = draftOf(settings, 'ScheduleRunsInput', { spec: { dataset: 'shapes-16', networks: [{ model: 'cnn' }] } });
    expect(readForm({ ...draft, seeds: '' }).problems).toEqual([
      { path: 'seeds', message: 'At least one seed is needed, such as 1, 2, 3 or 1-3.' },
    ]);
  });
});

describe('atFormPath', () => {
  it('places the API’s problems at the form’s fields', () => {
    expect(atFormPath({ path: 'training.epochs', message: 'm' }).path).toBe('spec.training.epochs');
    expect(atFormPath({ path: 'networks[1].model', message: 'm' }).path).toBe('spec.networks.1.model');
    expect(atFormPath({ path: 'seeds', message: 'm' }).path).toBe('seeds');
    expect(atFormPath({ path: 'input.spec.dataset', message: 'm' }).path).toBe('spec.dataset');
  });
});
