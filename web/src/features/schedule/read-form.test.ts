import { settings } from '@studyhall/contract/settings/contract.ts';
import { describe, expect, it } from 'vitest';
import { draftOf } from '@/lib/contract/draft.ts';
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
